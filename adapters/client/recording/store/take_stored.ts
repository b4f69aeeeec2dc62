import type { StoredEvent } from "../../../log/port/event_store.ts";
import type { Entry } from "../entry.ts";
import type { StoredLineOptions } from "../line/create_stored_line.ts";
import type { Lane } from "./begin_lane.ts";
import type { StoreConsumer } from "./create_store_consumer.ts";

/** Something that this client recorded, and the event that the store made of it. */
export interface StoredEntry {
  /** What was recorded. */
  readonly entry: Entry;
  /** The event. */
  readonly event: StoredEvent;
}

/**
 * Gives what was stored to the consumers that want it. A consumer that has `capacity` events in memory
 * gets it by way of the store.
 */
export function takeStored(
  lanes: Iterable<Lane>,
  { capacity, itemOf }: Pick<StoredLineOptions, "capacity" | "itemOf">,
  stored: readonly StoredEntry[],
): void {
  if (stored.length === 0) return;
  const last = stored[stored.length - 1]!.event.position;
  for (const lane of lanes) {
    if (!lane.isOwn) continue;
    const { consumer, ledger } = lane;
    lane.lastStored = Math.max(lane.lastStored, last);
    if (consumer.engine.pending() >= capacity) lane.isBehind = true;
    if (lane.isBehind) continue;
    const wanted = stored.filter(({ entry }) =>
      consumer.types.includes(entry.type) && isIncluded(consumer, entry)
    );
    ledger.read(last, wanted.map(({ event }) => event.position));
    if (wanted.length === 0) continue;
    consumer.engine.add(
      wanted.map(({ entry, event }) => itemOf(entry, { event, ledger })),
    );
  }
}

function isIncluded(consumer: StoreConsumer, entry: Entry): boolean {
  if (consumer.includes(entry)) return true;
  consumer.counts.recorded--;
  consumer.counts.unwanted++;
  return false;
}
