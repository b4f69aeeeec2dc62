import type { NewEvent } from "../../../../core/events/types/recorded_event.ts";
import type {
  AppendOptions,
  EventStore,
  StoredEvent,
} from "../../../log/port/event_store.ts";
import { isStorageFault } from "../../is_storage_fault.ts";

/**
 * Appends events to a store. Where it refuses them, and not for a fault of its storage, they are
 * halved until the one to blame is alone, and what `replace` gives goes in its place, of which
 * `replaced` is told once that is there. So one event is never why others are lost.
 *
 * Gives what is in the store now, in order. Rejects where the storage is at fault, or where what is
 * to go in the place of an event is refused too: then it isn't that event that is to blame.
 */
export async function appendFitting(
  store: Pick<EventStore, "append">,
  events: readonly NewEvent[],
  options: AppendOptions,
  replace: (event: NewEvent) => NewEvent,
  replaced: (event: NewEvent) => void,
): Promise<readonly StoredEvent[]> {
  try {
    return await store.append(events, options);
  } catch (error) {
    if (isStorageFault(error)) throw error;
  }
  const [first] = events;
  if (events.length === 1 && first !== undefined) {
    const recorded = await store.append([replace(first)], options);
    replaced(first);
    return recorded;
  }
  const middle = events.length >> 1;
  const halves = [events.slice(0, middle), events.slice(middle)];
  const recorded: StoredEvent[] = [];
  for (const half of halves) {
    recorded.push(
      ...await appendFitting(store, half, options, replace, replaced),
    );
  }
  return recorded;
}
