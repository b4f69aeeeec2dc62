import type { EventsDroppedData } from "../../../../core/events/types/tracking_event.ts";
import type { Entry } from "../entry.ts";

/**
 * Adds a loss to what is to be told of others of its consumer and reason, where an entry of that is among those
 * that wait; false where there is none. An entry for each would take the room of another event, which were
 * told in turn.
 */
export function joinLoss(
  waiting: readonly Entry[],
  loss: EventsDroppedData,
): boolean {
  for (const { type, event, data } of waiting) {
    // An event that was made is what it is.
    if (type !== "events.dropped" || event !== null) continue;
    const known = data as Adding;
    if (known.reason !== loss.reason || known.consumer !== loss.consumer) {
      continue;
    }
    known.count += loss.count;
    for (const [type, count] of Object.entries(loss.types)) {
      known.types[type] = (known.types[type] ?? 0) + count;
    }
    return true;
  }
  return false;
}

/** A loss that is added to. */
interface Adding extends EventsDroppedData {
  count: number;
  readonly types: { [type: string]: number };
}
