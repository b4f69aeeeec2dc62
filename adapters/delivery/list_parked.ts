import type { EventStore } from "../log/port/event_store.ts";
import type { ParkedEvent } from "../log/port/parked_event.ts";
import { checkStore } from "../log/port/check_store.ts";
import { checkName } from "./check_consumer.ts";

/**
 * Lists the events that a consumer has parked, in the order of parking: `"tracking-callback"` is that
 * of the clients' callbacks, a sink's name that of the sink. A store keeps 1,000 of them for each name,
 * for 30 days.
 *
 * Rejects where the store can't be read; with a `TypeError` where `store` is not a store, or the name is
 * empty or not a text.
 *
 * @example
 * ```ts
 * import { consume, listParked } from "./mod.ts";
 * import { memoryStore } from "../log/memory_store.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const store = memoryStore();
 * const data = { name: "signup", properties: {} };
 * await store.append([{ id: "1", time: 0, type: "custom", version: 1, data }]);
 * const consumer = consume(store, "warehouse", () => {
 *   throw Object.assign(new Error("no such table"), { delivery: "reject" });
 * }, { onError: () => {} });
 * await consumer.flush();
 * await consumer.stop();
 *
 * const [parked] = await listParked(store, "warehouse");
 * assertEquals([parked?.event.id, parked?.message], ["1", "no such table"]);
 * ```
 */
export async function listParked(
  store: EventStore,
  name: string,
): Promise<readonly ParkedEvent[]> {
  const task = "list what is parked";
  checkStore(store, task, ["claim"]);
  checkName(name, task);
  return await store.parked(name);
}
