// Appends batches as fast as it can until it is killed, on whatever runtime this is, while a sink sends
// them to an endpoint. Prints the number of each batch once it is stored. With `drain`, it sends what
// is left, and ends.
import { writeSync } from "node:fs";
import process from "node:process";
import { deliver, webhookSink } from "../../adapters/delivery/mod.ts";
import { sqliteStore } from "../../adapters/sqlite/mod.ts";
import { batchOf } from "./batches.ts";

const [path = "", url = "", first = ""] = process.argv.slice(2);
const store = sqliteStore(path);
const delivery = deliver(store, webhookSink({ url, secret: "secret" }), {
  onError: () => {},
});
if (first === "drain") {
  while (!await delivery.flush());
  await delivery.stop();
  await store.close();
} else {
  writeSync(1, "ready\n");
  for (let index = Number(first);; index++) {
    await store.append(batchOf(index));
    writeSync(1, `${index}\n`);
    // The sink has its turn.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
