import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { DropReason } from "../../../core/events/types/tracking_event.ts";
import { redeliveryLane, wholeLog } from "../../log/port/consumer_key.ts";
import {
  droppedByPruning,
  type PruningLoss,
} from "../../log/port/dropped_by_pruning.ts";
import type { ConsumerState } from "../../log/port/event_store.ts";
import type { Clock } from "../../support/time/clock.ts";
import { listCheckpoints, passOverAll } from "../consumers/consumer_table.ts";
import { prepareEvents } from "../blocks/prepare_events.ts";
import { readEvents } from "../blocks/read_events.ts";
import { removeBlocks } from "../blocks/remove_blocks.ts";
import type { Connection } from "../file/connection.ts";
import { readNumber } from "../file/read_number.ts";
import { readText } from "../file/stored_text.ts";
import type { Marks } from "../marks/create_marks.ts";
import { inMarkedTransaction } from "../marks/in_marked_transaction.ts";
import { insertEvents, plain } from "./append_events.ts";

/** What there is to know of a removal. */
export interface Pruning {
  /** The last position to remove. */
  readonly through: number;
  /** Why. */
  readonly reason: DropReason;
  /** Of how many positions the ids stay known. */
  readonly rememberedIds: number;
  /** The marks of exposures. */
  readonly marks: Marks;
  /** Tells the time. */
  readonly clock: Pick<Clock, "now">;
  /** Makes the ids of the events that tell consumers what they miss. */
  readonly createId: () => string;
}

/** How many events go in one transaction, so that no other writer waits for long. */
const chunk = 5000;

/**
 * Removes the oldest events up to and including a position, at most a chunk of them, and appends an
 * `events.dropped` event for each consumer that has not settled all of them, whose checkpoints move
 * past them, in one transaction. Their ids stay known, and so do the marks of those that all have
 * settled. Gives how many it removed; fewer than a chunk means that it is done.
 */
export function pruneEvents(
  connection: Connection,
  { through, reason, rememberedIds, marks, clock, createId }: Pruning,
): { readonly removed: number; readonly done: boolean } {
  const { statements } = connection;
  return inMarkedTransaction(connection.database, marks, () => {
    const first = readNumber(statements.first.get());
    if (first === 0 || first > through) return { removed: 0, done: true };
    const newest = readNumber(statements.last.get());
    const last = Math.min(through, newest);
    const end = Math.min(last, first + chunk - 1);
    // Marks are in blocks that are about to go.
    marks.open(connection, newest);
    marks.settleThrough(clock.now(), end);
    const { dropped, lost } = findLoss(connection, first, end, reason);
    marks.removeEvents(lost);
    passOverAll(connection, end);
    removeBlocks(statements, end, rememberedIds);
    statements.forgetAges.run(end);
    statements.forgetLanes.run(end);
    statements.removePayloads.run(end);
    const events = dropped.map((data): NewEvent => ({
      id: createId(),
      time: clock.now(),
      type: "events.dropped",
      version: 1,
      data: { ...data },
    }));
    insertEvents(connection, prepareEvents(events, () => null), plain);
    return { removed: end - first + 1, done: end === last };
  });
}

// The events are read only where some consumer has not settled them.
function findLoss(
  connection: Connection,
  first: number,
  end: number,
  reason: DropReason,
): PruningLoss {
  const consumers = listCheckpoints(connection)
    .filter(({ lane }) => lane !== redeliveryLane);
  const settled = Math.min(...consumers.map(settledThrough));
  if (settled >= end) return { dropped: [], lost: [] };
  const after = Math.max(first - 1, settled);
  const lanes = consumers.some(({ lane }) => lane !== wholeLog)
    ? readLanes(connection, after, end)
    : new Map<number, string>();
  const pruned = readEvents(connection.statements, after, end - after)
    .filter(({ position }) => position <= end)
    .map((event) => ({ event, lane: lanes.get(event.position) ?? "" }));
  return droppedByPruning(pruned, consumers, reason);
}

function settledThrough({ checkpoint }: ConsumerState): number {
  const { position, unsettled } = checkpoint;
  return unsettled[0] === undefined ? position : unsettled[0] - 1;
}

function readLanes(
  { statements }: Connection,
  after: number,
  end: number,
): ReadonlyMap<number, string> {
  const rows = statements.lanesOf.all(after, end) as unknown as readonly {
    readonly first: number;
    readonly last: number;
    readonly name: string;
  }[];
  const lanes = new Map<number, string>();
  for (const { first, last, name } of rows) {
    for (let at = first; at <= last; at++) lanes.set(at, readText(name));
  }
  return lanes;
}
