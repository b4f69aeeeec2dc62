import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { DropReason } from "../../../core/events/types/tracking_event.ts";
import { checkEvent } from "../../log/check_event.ts";
import { droppedByPruning } from "../../log/dropped_by_pruning.ts";
import { insertEvents } from "./append_events.ts";
import type { Connection } from "../file/connection.ts";
import { readCheckpoints } from "./read_checkpoints.ts";
import { readEvents } from "./read_events.ts";
import { readNumber } from "../file/read_number.ts";
import { inTransaction } from "../file/in_transaction.ts";

/** What there is to know of a removal. */
export interface Pruning {
  /** The last position to remove. */
  readonly through: number;
  /** Why. */
  readonly reason: DropReason;
  /** Of how many positions the ids stay known. */
  readonly rememberedIds: number;
  /** Makes the event that tells a consumer what it misses. */
  readonly createEvent: (type: string, data: object) => NewEvent;
}

/** How many events go in one transaction, so that nobody waits for long. */
const chunk = 5000;

/**
 * Removes the oldest events up to and including a position, at most a chunk of them, and appends an
 * `events.dropped` event for each consumer that isn't done with them, whose checkpoint moves past
 * them, in one transaction. Their ids stay known. Gives how many it removed; fewer than a chunk means that it is done.
 */
export function pruneEvents(
  connection: Connection,
  { through, reason, rememberedIds, createEvent }: Pruning,
): { readonly removed: number; readonly done: boolean } {
  const { statements } = connection;
  return inTransaction(connection.database, () => {
    const first = readNumber(statements.first.get());
    if (first === 0 || first > through) return { removed: 0, done: true };
    const end = readNumber(statements.chunkEnd.get(through, chunk));
    const dropped = findDropped(connection, first, end, reason);
    statements.remember.run(Math.max(first - 1, end - rememberedIds), end);
    statements.passOver.run(end, end);
    const removed = Number(statements.remove.run(end).changes);
    statements.forget.run(end - rememberedIds);
    statements.forgetAges.run(end);
    statements.removePayloads.run(end);
    insertEvents(
      statements,
      dropped
        .map((data) => createEvent("events.dropped", data))
        .map(checkEvent),
    );
    return { removed, done: removed < chunk };
  });
}

// The events are read only where somebody isn't done with them.
function findDropped(
  connection: Connection,
  first: number,
  end: number,
  reason: DropReason,
): ReturnType<typeof droppedByPruning> {
  const checkpoints = readCheckpoints(connection);
  const done = Math.min(...checkpoints.values());
  if (done >= end) return [];
  const after = Math.max(first - 1, done);
  const pruned = readEvents(connection.statements, after, end - after)
    .filter(({ position }) => position <= end);
  return droppedByPruning(pruned, checkpoints, reason);
}
