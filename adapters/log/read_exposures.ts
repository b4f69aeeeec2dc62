import { readData } from "../../core/events/types/read_data.ts";
import type { RecordedEvent } from "../../core/events/types/recorded_event.ts";
import type { EventStore } from "./event_store.ts";
import type { SeenExposure } from "./exposure_window.ts";

/** Which exposures to read of a log, and how. */
export interface ReadExposuresOptions {
  /** How many are enough. */
  readonly capacity: number;
  /** How old an event may be, in milliseconds, to be read. */
  readonly maxAge: number;
  /** What time it is, in milliseconds since 1970. */
  readonly now: number;
  /** Is given them in pieces, the newest first; each piece is oldest first. */
  readonly take: (exposures: readonly SeenExposure[]) => void;
  /** Lets others have their turn between two pieces. False where no more is wanted. */
  readonly pause: () => Promise<boolean>;
}

/** How many events are read at once: that takes some milliseconds. */
const page = 500;

/**
 * Reads the exposures of a log that a window of them remembers, from its end back to those that are
 * too old or enough. Rejects where the store does; what was read until then was given.
 */
export async function readExposures(
  store: Pick<EventStore, "positions" | "read">,
  { capacity, maxAge, now, take, pause }: ReadExposuresOptions,
): Promise<void> {
  const { first, last } = await store.positions();
  let end = last;
  for (let found = 0; found < capacity && end >= first && end > 0;) {
    if (end < last && !await pause()) return;
    const start = Math.max(0, first - 1, end - page);
    const events = (await store.read(start, end - start))
      .filter(({ position }) => position <= end);
    const exposures = events.flatMap(seenIn);
    found += exposures.length;
    take(exposures);
    // Clocks differ, so one old event says nothing of those before it; a whole page does. One that
    // is empty was pruned meanwhile.
    if (!events.some(({ time }) => Math.abs(now - time) < maxAge)) return;
    end = start;
  }
}

function seenIn(event: RecordedEvent): readonly SeenExposure[] {
  const data = readData(event, "experiment.viewed");
  if (data === null) return [];
  const { hashAttribute, hashValue, experimentKey, variationId } = data;
  const variation = String(variationId);
  return [{
    identity: [hashAttribute, hashValue, experimentKey, variation],
    time: event.time,
  }];
}
