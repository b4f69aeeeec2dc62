import type { EventStore } from "../log/port/event_store.ts";
import type { ParkedEvent } from "../log/port/parked_event.ts";
import { checkStore } from "../log/port/check_store.ts";
import { checkName } from "./check_consumer.ts";

/**
 * Lists the events that a consumer has parked, in the order of parking: `"tracking-callback"` is that
 * of the clients' callbacks, a sink's name that of the sink. A store keeps 1,000 of them for each name,
 * for 30 days.
 *
 * Rejects where the store can't be read, and with a `TypeError` for what is no store, and for a name that is
 * no text, or an empty one.
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
