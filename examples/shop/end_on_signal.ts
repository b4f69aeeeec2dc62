import process from "node:process";
import type { Shop } from "./open_shop.ts";
import { writeReport } from "./report.ts";

/**
 * Ends the shop in good order when its process is asked to: no new requests, then everything recorded
 * is stored and told, then the report.
 */
export function endOnSignal(
  { client, store }: Shop,
  closeServer: () => Promise<void>,
): void {
  const end = async () => {
    await closeServer();
    await client.close();
    console.log(await writeReport(store));
    await store.close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => void end());
  }
}
