import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import type { Connection } from "../file/connection.ts";
import { readNumber } from "../file/read_number.ts";
import { writeText } from "../file/stored_text.ts";
import { type BlockRow, readBlock } from "./block.ts";
import { ifIntact } from "./if_intact.ts";

/**
 * Gives the events after a position, oldest first, at most `limit` of them, those of a lane if named. In
 * place of those in a block that is damaged there is one that says that they are lost.
 */
export function readEvents(
  statements: Connection["statements"],
  after: number,
  limit: number,
  lane?: string,
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
      for (const event of readOrTell(statements, row)) {
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

function readOrTell(
  statements: Connection["statements"],
  row: BlockRow,
): readonly RecordedEvent[] {
  return ifIntact(() => readBlock(statements, row), null) ?? [lossOf(row)];
}

// Nothing else is known of them, and it is the same at each reading.
function lossOf({ first, last }: BlockRow): RecordedEvent {
  const count = last - first + 1;
  return {
    id: `damaged-${last}`,
    position: last,
    time: 0,
    type: "events.dropped",
    version: 1,
    data: { reason: "invalid", count, types: {}, consumer: null },
  };
}
