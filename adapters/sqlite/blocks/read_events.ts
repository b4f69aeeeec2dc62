import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import type { Connection } from "../file/connection.ts";
import { readNumber } from "../file/read_number.ts";
import { writeText } from "../file/stored_text.ts";
import { type BlockRow, readBlock } from "./block.ts";

/**
 * Gives the events after a position, oldest first, at most `limit` of them, those of a lane if named.
 * `read` reads a block, and throws where it is damaged unless told otherwise.
 */
export function readEvents(
  statements: Connection["statements"],
  after: number,
  limit: number,
  lane?: string,
  read: typeof readBlock = readBlock,
): readonly RecordedEvent[] {
  const events: RecordedEvent[] = [];
  let position = Math.max(after, readNumber(statements.first.get()) - 1);
  // Blocks differ in size; the last one tells how many the rest may be in.
  let size = lane === undefined ? 1 : 100;
  while (events.length < limit) {
    const count = Math.ceil(Math.min(1000, limit - events.length) / size);
    const rows = (lane === undefined
      ? statements.read.all(position, position + 1000, count)
      : statements.readLane.all(
        position,
        writeText(lane),
        Math.min(count, 20),
      )) as unknown as readonly BlockRow[];
    for (const row of rows) {
      for (const event of read(statements, row)) {
        if (event.position > after && events.length < limit) {
          events.push(event);
        }
      }
      position = row.last;
      size = row.last - row.first + 1;
    }
    if (rows.length === 0) {
      break;
    }
  }
  return events;
}
