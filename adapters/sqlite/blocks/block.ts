import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import type { JsonObject, JsonValue } from "../../../core/types/json.ts";
import type { Connection } from "../file/connection.ts";
import { ifIntact } from "./if_intact.ts";
import { setOwn } from "../../../core/support/set_own.ts";

/** Some events in a row that were appended together, as they stand in a file. */
export interface BlockRow {
  /** The position of the last event. */
  readonly last: number;
  /** The position of the first one. */
  readonly first: number;
  /** The JSON of a {@linkcode BlockBody}. */
  readonly body: string;
}

/** What the JSON of a block holds. */
export interface BlockBody {
  /** The data of exposures, without their users; 0 where no exposure has it any more. */
  readonly forms: readonly (JsonObject | 0)[];
  /** The events, in the order of their positions. */
  readonly events: readonly BlockEntry[];
}

/** An exposure by its form, or any other event as it is, with the reference to its payload. */
export type BlockEntry =
  | readonly [
    form: number,
    id: string,
    time: number,
    hashValue: JsonValue,
    bucket: number | null,
    user?: 0 | RecordedEvent["user"],
  ]
  | Omit<RecordedEvent, "position"> & { readonly payload?: string };

/** Gives the events of a block, with their positions. */
export function readBlock(
  statements: Connection["statements"],
  { first, body }: BlockRow,
): readonly RecordedEvent[] {
  const { forms, events } = JSON.parse(body) as BlockBody;
  return events.map((entry, index) =>
    readEntry(statements, forms, entry, first + index)
  );
}

/** Gives the events of a block, with their positions; none where it is damaged. */
export function readIntact(
  statements: Connection["statements"],
  row: BlockRow,
): readonly RecordedEvent[] {
  return ifIntact(() => readBlock(statements, row), []);
}

/** Gives what the JSON of a block holds; nothing where it is damaged. */
export function intactBody(body: string): BlockBody {
  return ifIntact(() => {
    const { forms, events } = JSON.parse(body) as BlockBody;
    events.forEach(idOf);
    return { forms: [...forms], events };
  }, { forms: [], events: [] });
}

/** The id of an entry. */
export function idOf(entry: BlockEntry): string {
  return isExposure(entry) ? entry[1] : entry.id;
}

/** Makes the JSON of a block from that of its forms and its entries. */
export function bodyOf(
  forms: readonly string[],
  entries: readonly string[],
): string {
  return `{"forms":[${forms.join(",")}],"events":[${entries.join(",")}]}`;
}

/** Makes the JSON of a block that has some other entries than before, without the forms that it needs no more. */
export function bodyWith(
  { forms }: Pick<BlockBody, "forms">,
  entries: readonly BlockEntry[],
): string {
  const used = new Set(
    entries.map((entry) => isExposure(entry) ? entry[0] : -1),
  );
  return bodyOf(
    forms.map((form, index) => used.has(index) ? JSON.stringify(form) : "0"),
    entries.map((entry) => JSON.stringify(entry)),
  );
}

function isExposure(
  entry: BlockEntry,
): entry is Extract<BlockEntry, readonly unknown[]> {
  return Array.isArray(entry);
}

function readEntry(
  statements: Connection["statements"],
  forms: BlockBody["forms"],
  entry: BlockEntry,
  position: number,
): RecordedEvent {
  if (!isExposure(entry)) {
    const { id, time, type, version, data, user, payload } = entry;
    return {
      id,
      position,
      time,
      type,
      version,
      data: payload === undefined
        ? data
        : addPayload(statements, data, payload),
      ...(user === undefined ? {} : { user }),
    };
  }
  const [form, id, time, hashValue, bucket, kept] = entry;
  const shared = forms[form] as JsonObject;
  const data = bucket === null
    ? { ...shared, hashValue }
    : { ...shared, hashValue, bucket };
  const user = kept === 0 ? identityOf(shared, hashValue) : kept;
  const event = {
    id,
    position,
    time,
    type: "experiment.viewed",
    version: 1,
    data,
  };
  return user === undefined ? event : { ...event, user };
}

function identityOf(
  { hashAttribute }: JsonObject,
  hashValue: JsonValue,
): RecordedEvent["user"] {
  const attributes: { [name: string]: JsonValue } = {};
  setOwn(attributes, hashAttribute as string, hashValue);
  return { level: "identity", attributes };
}

function addPayload(
  statements: Connection["statements"],
  data: JsonObject,
  digest: string,
): JsonObject {
  const row = statements.payload.get(digest) as {
    readonly payload: string;
  } | undefined;
  if (row === undefined) return data;
  // One that is damaged is missed; the other events of the block are well.
  return ifIntact<JsonObject>(
    () => ({ ...data, payload: JSON.parse(row.payload) }),
    data,
  );
}
