import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import type { JsonObject } from "../../../core/types/json.ts";
import type { Connection } from "../file/connection.ts";
import { readText, writeText } from "../file/stored_text.ts";

interface Row {
  readonly position: number;
  readonly id: string;
  readonly time: number;
  readonly type: string;
  readonly version: number;
  readonly data: string;
  readonly user: string | null;
  readonly payload: string | null;
}

/** Gives the events after a position, oldest first, at most `limit` of them, those of a lane if named. */
export function readEvents(
  statements: Connection["statements"],
  after: number,
  limit: number,
  lane?: string,
): readonly RecordedEvent[] {
  const rows =
    (lane === undefined
      ? statements.read.all(after, limit)
      : statements.readLane.all(
        after,
        writeText(lane),
        limit,
      )) as unknown as readonly Row[];
  return rows.map((row) => ({
    id: readText(row.id),
    position: row.position,
    time: row.time,
    type: readText(row.type),
    version: row.version,
    data: row.payload === null
      ? JSON.parse(row.data)
      : addPayload(statements, JSON.parse(row.data), row.payload),
    ...(row.user === null ? {} : { user: JSON.parse(row.user) }),
  }));
}

// What begins with # refers to a payload that is written once; anything else is the payload itself.
function addPayload(
  statements: Connection["statements"],
  data: JsonObject,
  stored: string,
): JsonObject {
  if (!stored.startsWith("#")) return { ...data, payload: JSON.parse(stored) };
  const row = statements.payload.get(stored.slice(1)) as {
    readonly payload: string;
  } | undefined;
  return row === undefined
    ? data
    : { ...data, payload: JSON.parse(row.payload) };
}
