import type { EventStore } from "../log/port/event_store.ts";
import { checkIds } from "../log/port/check_ids.ts";
import { checkStore } from "../log/port/check_store.ts";
import { checkName } from "./check_consumer.ts";

/**
 * Has parked events delivered again, by their ids, or all of them: a client or a reader with that
 * consumer name does so, within seconds where one is running, or else when the next one starts. Gives
 * how many events will come that were not about to already.
 *
 * Rejects where the store can't be written; with a `TypeError` where `store` is not a store, the name is
 * empty or not a text, or the ids are not a list of texts.
 *
 * @example
 * ```ts
 * import { consume, listParked, redeliver } from "./mod.ts";
 * import { memoryStore } from "../log/memory_store.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const store = memoryStore();
 * const data = { name: "signup", properties: {} };
 * await store.append([{ id: "1", time: 0, type: "custom", version: 1, data }]);
 * let isBroken = true;
 * const consumer = consume(store, "warehouse", () => {
 *   if (isBroken) throw Object.assign(new Error("no such table"), { delivery: "reject" });
 * }, { onError: () => {} });
 * await consumer.flush();
 * const [parked] = await listParked(store, "warehouse");
 * assertEquals([parked?.event.id, parked?.message], ["1", "no such table"]);
 *
 * isBroken = false;
 * assertEquals(await redeliver(store, "warehouse"), 1);
 * await consumer.flush();
 * await consumer.stop();
 * assertEquals(await listParked(store, "warehouse"), []);
 * ```
 */
export async function redeliver(
  store: EventStore,
  name: string,
  ids?: readonly string[],
): Promise<number> {
  const task = "deliver parked events again";
  checkStore(store, task, ["claim"]);
  checkName(name, task);
  checkIds(ids, task);
  return await store.redeliver(name, ids);
}
