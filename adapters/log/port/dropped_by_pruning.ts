import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import type {
  DropReason,
  EventsDroppedData,
} from "../../../core/events/types/tracking_event.ts";
import { createDropTally, type DropTally } from "../create_drop_tally.ts";
import { isSettled } from "./checkpoint.ts";
import { redeliveryLane, wholeLog } from "./consumer_key.ts";
import type { ConsumerState } from "./event_store.ts";

/** An event that is to leave a store, with the lane that it was appended with; `""` for none. */
export interface PrunedEvent {
  /** The event. */
  readonly event: RecordedEvent;
  /** Its lane. */
  readonly lane: string;
}

/** What is lost when events leave a store. */
export interface PruningLoss {
  /**
   * The data of the `events.dropped` events to append in the step that removes the others: one for
   * each name that has not settled all of them.
   */
  readonly dropped: readonly EventsDroppedData[];
  /** The events that some consumer has not settled, whose marks go with them. */
  readonly lost: readonly RecordedEvent[];
}

/**
 * Finds what is lost when events leave a store. `pruned` are those events, oldest first, `consumers`
 * the states of all lanes, `reason` is why.
 *
 * A consumer of the whole log misses what it has not settled, a lane those events of its own. An event
 * counts once for a name. An `events.dropped` event of the same name among the removed ones is not
 * counted itself: what it told is carried over, so that nothing is forgotten and nothing counted
 * twice.
 */
export function droppedByPruning(
  pruned: readonly PrunedEvent[],
  consumers: readonly Pick<ConsumerState, "name" | "lane" | "checkpoint">[],
  reason: DropReason,
): PruningLoss {
  const tallies = new Map<string, DropTally>();
  const lost: RecordedEvent[] = [];
  for (const { event, lane } of pruned) {
    const names = new Set<string>();
    for (const consumer of consumers) {
      if (consumer.lane === redeliveryLane) continue;
      if (consumer.lane !== wholeLog && consumer.lane !== lane) continue;
      if (isSettled(consumer.checkpoint, event.position)) continue;
      names.add(consumer.name);
    }
    if (names.size > 0) lost.push(event);
    for (const name of names) {
      const tally = tallies.get(name) ?? createDropTally();
      tallies.set(name, tally);
      addPruned(tally, event, name);
    }
  }
  const dropped = [...tallies].filter(([, tally]) => tally.count() > 0)
    .map(([consumer, tally]) => ({
      reason,
      count: tally.count(),
      types: tally.types(),
      consumer,
    }));
  return { dropped, lost };
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
