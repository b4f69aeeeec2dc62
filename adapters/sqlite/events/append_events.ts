import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { JsonObject } from "../../../core/types/json.ts";
import type { CheckedEvent } from "../../log/check_event.ts";
import type { StoredEvent } from "../../log/port/event_store.ts";
import { createBlockWriter, readLogEnd } from "../blocks/block_writer.ts";
import { createKnownEvents } from "../blocks/known_events.ts";
import type { PreparedEvent } from "../blocks/prepare_events.ts";
import type { Connection } from "../file/connection.ts";
import { writeText } from "../file/stored_text.ts";
import type { Marks } from "../marks/create_marks.ts";
import { inMarkedTransaction } from "../marks/in_marked_transaction.ts";

/** How many positions a lane has before it, so that it is seldom written. */
const reserve = 10_000;

interface LaneRow {
  readonly id: number;
  readonly last: number;
}

/** How events are appended. */
export interface Appending {
  /** The lane of the events; null where they have none. */
  readonly lane: string | null;
  /** For how long an exposure is kept once, in milliseconds; 0 for not at all. */
  readonly exposureAge: number;
  /** The time by the store's clock. */
  readonly now: number;
  /** The marks of exposures; null where nothing is marked. */
  readonly marks: Marks | null;
}

/** Events without a lane, which are all kept. */
export const plain: Appending = {
  lane: null,
  exposureAge: 0,
  now: 0,
  marks: null,
};

/**
 * Appends events in one transaction, and gives them with their positions. One that is there already
 * keeps its position, and so does an exposure within the age of its mark. Throws where the file can't
 * be written; then none of them is there.
 */
export function appendEvents(
  connection: Connection,
  events: readonly PreparedEvent[],
  appending: Appending,
): readonly StoredEvent[] {
  if (events.length === 0) return [];
  return inMarkedTransaction(
    connection.database,
    appending.marks,
    () => insertEvents(connection, events, appending),
  );
}

/** Does the same within a transaction that has begun. */
export function insertEvents(
  connection: Connection,
  events: readonly PreparedEvent[],
  appending: Appending,
): readonly StoredEvent[] {
  const { statements } = connection;
  const { exposureAge, now } = appending;
  const marks = exposureAge > 0 ? appending.marks : null;
  const end = readLogEnd(statements);
  const lane = appending.lane === null
    ? null
    : useLane(statements, appending.lane, end.last + events.length);
  const writer = createBlockWriter(statements, end, {
    lane,
    age: marks === null ? 0 : exposureAge,
    time: now,
  });
  marks?.open(connection, end.last);
  const findStored = createKnownEvents(statements);
  // What this call has added is not in the file yet. It is looked up for ids alone that may be known.
  const added: StoredEvent[] = [];
  let byId: Map<string, StoredEvent> | null = null;

  function find(event: NewEvent): StoredEvent | null {
    const { id } = event;
    byId ??= new Map(added.map((each) => [each.id, each]));
    const here = byId.get(id);
    if (here !== undefined) return here;
    const known = findStored(id);
    return known && (known.event ?? { ...event, position: known.position });
  }

  function add(prepared: PreparedEvent): StoredEvent {
    const { event, text, checked } = prepared;
    const json = checked === null
      ? text
      : plainText(statements, checked, writer.last() + 1);
    const position = writer.add(prepared, json);
    const stored = { ...event, position };
    if (byId === null) added.push(stored);
    else byId.set(event.id, stored);
    return stored;
  }

  const stored = events.map((prepared): StoredEvent => {
    const { event, form } = prepared;
    const known = writer.isInOrder(prepared) ? null : find(event);
    if (known !== null) return known;
    const key = marks && marks.keys.of(event, form);
    if (marks === null || key === null) return add(prepared);
    const first = marks.find(key, appending);
    if (first !== null) return { ...event, position: first, isRepeated: true };
    const stored = add(prepared);
    marks.set(key, stored.position, appending);
    return stored;
  });
  writer.end();
  marks?.settle(now, writer.last());
  return stored;
}

// Gives the number of a lane. Up to where it may go is written for many appends to come.
function useLane(
  statements: Connection["statements"],
  lane: string,
  last: number,
): number {
  const name = writeText(lane);
  const known = statements.lane.get(name) as LaneRow | undefined;
  if (known !== undefined && known.last >= last) return known.id;
  return (statements.useLane.get(name, last + reserve) as unknown as LaneRow)
    .id;
}

function plainText(
  statements: Connection["statements"],
  { event, data, user }: CheckedEvent,
  position: number,
): string {
  const { id, time, type, version } = event;
  const [rest, payload] = type === "payload.loaded"
    ? keepPayload(statements, data, position)
    : [data, null];
  return `{"id":${JSON.stringify(id)},"time":${time},"type":${
    JSON.stringify(type)
  },"version":${version},"data":${rest}${
    user === null ? "" : `,"user":${user}`
  }${payload === null ? "" : `,"payload":${JSON.stringify(payload)}`}}`;
}

// A payload is written once for its digest, to which the event then refers. Should another payload be
// there under that digest, the event keeps its own. Gives the JSON of the data that is left, and the
// digest as it is stored.
function keepPayload(
  statements: Connection["statements"],
  data: string,
  position: number,
): readonly [rest: string, digest: string | null] {
  const { payload, ...rest } = JSON.parse(data) as JsonObject;
  const { digest } = rest;
  if (typeof digest !== "string") return [data, null];
  if (typeof payload !== "object" || payload === null) return [data, null];
  const name = writeText(digest);
  const { changes } = statements.savePayload.run(
    name,
    JSON.stringify(payload),
    position,
  );
  return Number(changes) === 1 ? [JSON.stringify(rest), name] : [data, null];
}
