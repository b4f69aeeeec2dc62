import type { RecordedEvent } from "../../core/events/types/recorded_event.ts";
import type {
  DropReason,
  EventsDroppedData,
} from "../../core/events/types/tracking_event.ts";
import { createDropTally, type DropTally } from "./create_drop_tally.ts";

/**
 * What is lost when events are removed from a store: for each consumer that is not done with all of
 * them, the data of the `events.dropped` event that says so. Stores append those events in the step
 * that removes the others.
 *
 * `pruned` are the events to be removed, oldest first, `checkpoints` those of the store, `reason` is
 * why. An `events.dropped` event of the same consumer among the removed ones is not counted itself:
 * what it told is carried over, so that nothing is forgotten and nothing counted twice.
 *
 * Returns nothing for consumers that are done.
 */
export function droppedByPruning(
  pruned: readonly RecordedEvent[],
  checkpoints: ReadonlyMap<string, number>,
  reason: DropReason,
): readonly EventsDroppedData[] {
  const dropped: EventsDroppedData[] = [];
  for (const [consumer, checkpoint] of checkpoints) {
    const tally = createDropTally();
    for (const event of pruned) {
      if (event.position > checkpoint) addPruned(tally, event, consumer);
    }
    if (tally.count() > 0) {
      dropped.push({
        reason,
        count: tally.count(),
        types: tally.types(),
        consumer,
      });
    }
  }
  return dropped;
}

function addPruned(
  tally: DropTally,
  { type, data }: RecordedEvent,
  consumer: string,
): void {
  if (type !== "events.dropped" || data.consumer !== consumer) {
    tally.add(type, 1);
    return;
  }
  for (const [name, count] of Object.entries(data.types ?? {})) {
    if (typeof count === "number") tally.add(name, count);
  }
}
