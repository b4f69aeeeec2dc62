import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import type { Connection } from "../file/connection.ts";
import { readNumber } from "../file/read_number.ts";
import { writeText } from "../file/stored_text.ts";
import { type BlockRow, readIntact } from "./block.ts";
import { isOrderedId } from "./ordered_id.ts";

/** An event that was appended before. */
export interface KnownEvent {
  /** Its position. */
  readonly position: number;
  /** The event; null where it was pruned. */
  readonly event: RecordedEvent | null;
}

const none: ReadonlyMap<string, RecordedEvent> = new Map();

/**
 * Creates what finds an event by its id; null where none has it. What it reads it keeps, as the ids of
 * one call are often those of one block.
 *
 * The ids that are in order are in no index: each is larger than all before it, so that the block with
 * the largest first id that is not larger has it, or none. All others are in an index of their own.
 */
export function createKnownEvents(
  statements: Connection["statements"],
): (id: string) => KnownEvent | null {
  const blocks = new Map<number, ReadonlyMap<string, RecordedEvent>>();

  // An event that was pruned is in no block, and one whose block is damaged is not there any more.
  function readAt(position: number): ReadonlyMap<string, RecordedEvent> {
    const last = readNumber(statements.blockAt.get(position));
    const known = blocks.get(last);
    if (known !== undefined) return known;
    if (last === 0) return none;
    const row = statements.block.get(last) as unknown as BlockRow;
    const events = new Map(
      readIntact(statements, row).map((event) => [event.id, event]),
    );
    blocks.set(last, events);
    return events;
  }

  return (id) => {
    const stored = writeText(id);
    const late = readNumber(statements.lateId.get(stored));
    if (late > 0) {
      return { position: late, event: readAt(late).get(id) ?? null };
    }
    if (!isOrderedId(id)) return null;
    const block = readNumber(statements.blockOfId.get(stored));
    const event = block === 0 ? undefined : readAt(block).get(id);
    if (event !== undefined) return { position: event.position, event };
    const position = findPruned(statements, id, stored);
    return position === 0 ? null : { position, event: null };
  };
}

function findPruned(
  statements: Connection["statements"],
  id: string,
  stored: string,
): number {
  const row = statements.prunedOfId.get(stored) as {
    readonly last: number;
    readonly ids: string;
  } | undefined;
  if (row === undefined) return 0;
  const ids = JSON.parse(row.ids) as readonly string[];
  const index = ids.indexOf(id);
  return index < 0 ? 0 : row.last - ids.length + 1 + index;
}
