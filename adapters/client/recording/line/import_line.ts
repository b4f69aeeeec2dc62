import type { EarlyConsumer } from "../consumers/create_early_consumer.ts";
import type { Line, LineOptions } from "./line.ts";

/** Loads what makes the line with engines that goes on with what early consumers have. Rejects where that fails. */
export async function importLine(
  options: LineOptions,
  early: readonly EarlyConsumer[],
): Promise<() => Line> {
  const { store, maker } = options;
  await maker.prepare();
  if (store === undefined) {
    const { createMemoryLine } = await import(
      "../engines/create_memory_line.ts"
    );
    return () => createMemoryLine(options, early);
  }
  const { createStoreLine } = await import("../store/create_store_line.ts");
  return () => createStoreLine({ ...options, store });
}
