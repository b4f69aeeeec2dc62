import type { JsonObject } from "../../../core/types/json.ts";
import type { CheckedEvent } from "../../log/check_event.ts";
import type { StoredEvent } from "../../log/port/event_store.ts";
import { exposureKey } from "../../log/port/exposure_key.ts";
import type { Connection } from "../file/connection.ts";
import { inTransaction } from "../file/in_transaction.ts";
import { readNumber } from "../file/read_number.ts";
import { writeText } from "../file/stored_text.ts";
import type { MarkKey, MarkKeys } from "./create_mark_keys.ts";
import { readEvents } from "./read_events.ts";

/** How events are appended. */
export interface Appending {
  /** The lane of the events; null where they have none. */
  readonly lane: string | null;
  /** For how long an exposure is kept once, in milliseconds; 0 for not at all. */
  readonly exposureAge: number;
  /** The time by the store's clock. */
  readonly now: number;
  /** Makes the keys of marks. */
  readonly keys: MarkKeys;
}

/** Events without a lane, which are all kept. */
export const plain: Appending = {
  lane: null,
  exposureAge: 0,
  now: 0,
  keys: { of: () => ({ user: 0, shown: 0 }), ofUser: () => 0 },
};

/**
 * Appends events in one transaction, and gives them with their positions. One that is there already
 * keeps its position, and so does an exposure within the age of its mark. Throws where the file can't
 * be written; then none of them is there.
 */
export function appendEvents(
  connection: Connection,
  events: readonly CheckedEvent[],
  appending: Appending,
): readonly StoredEvent[] {
  if (events.length === 0) return [];
  return inTransaction(
    connection.database,
    () => insertEvents(connection.statements, events, appending),
  );
}

/** Does the same within a transaction that has begun. */
export function insertEvents(
  statements: Connection["statements"],
  events: readonly CheckedEvent[],
  appending: Appending,
): readonly StoredEvent[] {
  // Positions are given here, and an event that is there already fails: INSERT OR IGNORE would use
  // up a position.
  let last = readNumber(statements.last.get());
  const somePruned = statements.hasPruned.get() !== undefined;
  const lane = appending.lane === null ? null : readNumber(
    statements.useLane.get(writeText(appending.lane), last + events.length),
  );
  return events.map((checked) => {
    const { event } = checked;
    const id = writeText(event.id);
    const pruned = somePruned ? readNumber(statements.findPruned.get(id)) : 0;
    if (pruned > 0) return { ...event, position: pruned };
    const marked = mark(statements, checked, last + 1, appending);
    if (marked === null || marked === "new") {
      try {
        insertEvent(statements, checked, { id, position: last + 1, lane });
        return { ...event, position: ++last };
      } catch (error) {
        if (!isRepetition(error)) throw error;
        if (marked === "new") statements.unmark.run(last + 1);
      }
    } else if (statements.find.get(id) === undefined) {
      if (marked.isValid) {
        return { ...event, position: marked.position, isRepeated: true };
      }
      moveMark(statements, marked.key, last + 1, appending);
      insertEvent(statements, checked, { id, position: last + 1, lane });
      return { ...event, position: ++last };
    }
    const known = readNumber(statements.find.get(id));
    return readEvents(statements, known - 1, 1)[0]!;
  });
}

/** A mark that was there before. */
interface EarlierMark {
  readonly key: MarkKey;
  readonly position: number;
  readonly isValid: boolean;
}

// Null for an event that is kept whatever else is there.
function mark(
  statements: Connection["statements"],
  { event }: CheckedEvent,
  position: number,
  appending: Appending,
): EarlierMark | "new" | null {
  const { exposureAge, now, keys } = appending;
  const exposure = exposureAge > 0 ? exposureKey(event) : null;
  if (exposure === null) return null;
  const key = keys.of(exposure);
  const until = now + exposureAge;
  const { user, shown } = key;
  const { changes } = statements.mark.run(position, now, until, user, shown);
  if (Number(changes) === 1) return "new";
  const found = statements.findMark.get(user, shown) as unknown as {
    readonly position: number;
    readonly time: number;
  };
  // One from the future counts as one of now.
  if (found.time > now) {
    moveMark(statements, key, found.position, appending);
  }
  return {
    key,
    position: found.position,
    isValid: now - Math.min(found.time, now) < exposureAge,
  };
}

function moveMark(
  statements: Connection["statements"],
  { user, shown }: MarkKey,
  position: number,
  { now, exposureAge }: Appending,
): void {
  const until = now + exposureAge;
  statements.moveMark.run(position, now, until, user, shown);
}

function insertEvent(
  statements: Connection["statements"],
  { event: { time, type, version }, data, user }: CheckedEvent,
  { id, position, lane }: {
    readonly id: string;
    readonly position: number;
    readonly lane: number | null;
  },
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
    lane,
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
