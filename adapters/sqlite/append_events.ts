import type {
  NewEvent,
  RecordedEvent,
} from "../../core/events/recorded_event.ts";
import type { Connection } from "./connection.ts";
import { inTransaction } from "./in_transaction.ts";
import { readEvents } from "./read_events.ts";
import { readNumber } from "./read_number.ts";
import { writeText } from "./stored_text.ts";

/**
 * Appends events in one transaction, and gives them with their positions. One that is there already
 * keeps its position. Throws where an event is no JSON, or the file can't be written; then none of
 * them is there.
 */
export function appendEvents(
  connection: Connection,
  events: readonly NewEvent[],
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
  events: readonly NewEvent[],
): readonly RecordedEvent[] {
  // Positions are given here, and an event that is there already fails: INSERT OR IGNORE would use
  // up a position.
  let last = readNumber(statements.last.get());
  const somePruned = statements.hasPruned.get() !== undefined;
  return events.map((event) => {
    const id = writeText(event.id);
    const pruned = somePruned ? readNumber(statements.findPruned.get(id)) : 0;
    if (pruned > 0) return { ...event, position: pruned };
    try {
      insertEvent(statements, event, id, last + 1);
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
  event: NewEvent,
  id: string,
  position: number,
): void {
  const { time, type, version, data, user } = event;
  if (!Number.isFinite(time)) {
    throw new TypeError(
      `Cannot append the event: the current value of its time is ${time}`,
    );
  }
  const payload = keepPayload(statements, event, position);
  statements.insert.run(
    position,
    id,
    time,
    writeText(type),
    version,
    JSON.stringify(payload === null ? data : { ...data, payload: undefined }),
    user === undefined ? null : JSON.stringify(user),
    payload,
  );
}

// A payload is written once for its digest; the event then refers to it, with a # in front. Should
// another payload be there under that digest, the event keeps its own.
function keepPayload(
  statements: Connection["statements"],
  { type, data: { digest, payload } }: NewEvent,
  position: number,
): string | null {
  if (type !== "payload.loaded" || typeof digest !== "string") return null;
  if (typeof payload !== "object" || payload === null) return null;
  const name = writeText(digest);
  const text = JSON.stringify(payload);
  const { changes } = statements.savePayload.run(name, text, position);
  return Number(changes) === 1 ? `#${name}` : text;
}

// In SQLite's words, since Deno gives no code.
function isRepetition(error: unknown): boolean {
  return error instanceof Error &&
    error.message.includes("UNIQUE constraint failed: events.id");
}
