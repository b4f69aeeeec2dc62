import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import type { JsonObject } from "../../../core/types/json.ts";
import type { CheckedEvent } from "../../log/check_event.ts";
import type { Connection } from "../file/connection.ts";
import { inTransaction } from "../file/in_transaction.ts";
import { readEvents } from "./read_events.ts";
import { readNumber } from "../file/read_number.ts";
import { writeText } from "../file/stored_text.ts";

/**
 * Appends events in one transaction, and gives them with their positions. One that is there already
 * keeps its position. Throws where the file can't be written; then none of them is there.
 */
export function appendEvents(
  connection: Connection,
  events: readonly CheckedEvent[],
): readonly RecordedEvent[] {
  if (events.length === 0) return [];
  return inTransaction(
    connection.database,
    () => insertEvents(connection.statements, events),
  );
}

/** Does the same within a transaction that has begun. */
export function insertEvents(
  statements: Connection["statements"],
  events: readonly CheckedEvent[],
): readonly RecordedEvent[] {
  // Positions are given here, and an event that is there already fails: INSERT OR IGNORE would use
  // up a position.
  let last = readNumber(statements.last.get());
  const somePruned = statements.hasPruned.get() !== undefined;
  return events.map((checked) => {
    const { event } = checked;
    const id = writeText(event.id);
    const pruned = somePruned ? readNumber(statements.findPruned.get(id)) : 0;
    if (pruned > 0) return { ...event, position: pruned };
    try {
      insertEvent(statements, checked, id, last + 1);
      return { ...event, position: ++last };
    } catch (error) {
      if (!isRepetition(error)) throw error;
      const known = readNumber(statements.find.get(id));
      return readEvents(statements, known - 1, 1)[0]!;
    }
  });
}

function insertEvent(
  statements: Connection["statements"],
  { event: { time, type, version }, data, user }: CheckedEvent,
  id: string,
  position: number,
): void {
  const [rest, payload] = type === "payload.loaded"
    ? keepPayload(statements, data, position)
    : [data, null];
  statements.insert.run(
    position,
    id,
    time,
    writeText(type),
    version,
    rest,
    user,
    payload,
  );
}

// A payload is written once for its digest; the event then refers to it, with a # in front. Should
// another payload be there under that digest, the event keeps its own. Gives the JSON of the data that
// is left, and what stands for the payload.
function keepPayload(
  statements: Connection["statements"],
  data: string,
  position: number,
): readonly [rest: string, payload: string | null] {
  const { payload, ...rest } = JSON.parse(data) as JsonObject;
  const { digest } = rest;
  if (typeof digest !== "string") return [data, null];
  if (typeof payload !== "object" || payload === null) return [data, null];
  const name = writeText(digest);
  const text = JSON.stringify(payload);
  const { changes } = statements.savePayload.run(name, text, position);
  return [JSON.stringify(rest), Number(changes) === 1 ? `#${name}` : text];
}

// In SQLite's words, since Deno gives no code.
function isRepetition(error: unknown): boolean {
  return error instanceof Error &&
    error.message.includes("UNIQUE constraint failed: events.id");
}
