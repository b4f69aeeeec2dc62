import type { StoredEvent } from "../../../../log/port/event_store.ts";
import type { Entry } from "../../entry.ts";
import { itemOf } from "../../engines/client_item.ts";
import { isIncluded } from "../../engines/is_included.ts";
import type { LineOptions } from "../../line/line.ts";
import type { Lane } from "./begin_lane.ts";
import { handOverAtOnce } from "./hand_over_at_once.ts";

/** Something that this client recorded, and the event that the store made of it. */
export interface StoredEntry {
  /** What was recorded. */
  readonly entry: Entry;
  /** The event. */
  readonly event: StoredEvent;
}

/**
 * Gives what was stored to the consumer of the lane that it was stored to, but for what `isRead` tells that
 * it was read from the store meanwhile. A consumer that has `capacity` events in memory gets it by way of
 * the store.
 */
export function takeStored(
  lane: Lane,
  options: Pick<LineOptions, "capacity" | "passed" | "beginCall" | "maker">,
  stored: readonly StoredEntry[],
  isRead: (id: string) => boolean,
): void {
  const { consumer, ledger } = lane;
  const last = stored.at(-1)!.event.position;
  lane.lastStored = Math.max(lane.lastStored, last);
  if (consumer.engine.pending() >= options.capacity) lane.isBehind = true;
  const through = lane.isBehind ? Infinity : ledger.readTo();
  const given = stored.filter(({ entry, event }) => {
    if (!consumer.types.includes(entry.type) || isRead(event.id)) return false;
    if (event.position <= through) lane.unread.add(event.position);
    return event.position > through &&
      isIncluded(consumer, entry, options.maker);
  });
  if (lane.isBehind) return;
  const items = given.map(({ entry, event }) =>
    itemOf(entry, { event, ledger })
  );
  const left = handOverAtOnce(consumer, items, options);
  ledger.read(last, left.map(({ event }) => event!.position));
  if (left.length > 0) consumer.engine.add(left);
}
