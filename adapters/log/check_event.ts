import type { NewEvent } from "../../core/events/types/recorded_event.ts";

/** An event that every store can keep, with its JSON, which was made to know that. */
export interface CheckedEvent {
  /** The event itself. */
  readonly event: NewEvent;
  /** The JSON of its `data`. */
  readonly data: string;
  /** The JSON of its `user`; null where it has none. */
  readonly user: string | null;
  /** How many characters the JSON of the whole event has. */
  readonly size: number;
}

/**
 * Checks that an event is one that every store can keep: `id` and `type` are texts and not empty,
 * `time` is a finite number, `version` a whole number from 1, `data` is an object that JSON can be
 * made of, and so is `user` where there is one. So what one store takes, each takes.
 *
 * `index` is where it is in its batch. Throws a `TypeError` that names the field, and not its value,
 * which may be secret.
 */
export function checkEvent(event: NewEvent, index: number): CheckedEvent {
  if (typeof event !== "object" || event === null) {
    throw failure(`events[${index}]`, "no object");
  }
  const { id, time, type, version, data, user } = event;
  if (!isName(id)) throw failure(`events[${index}].id`, noName);
  if (!isName(type)) throw failure(`events[${index}].type`, noName);
  if (!Number.isFinite(time)) {
    throw failure(`events[${index}].time`, "no finite number");
  }
  if (!Number.isSafeInteger(version) || version < 1) {
    throw failure(`events[${index}].version`, "no whole number from 1");
  }
  const dataText = objectText(data);
  if (dataText === null) throw failure(`events[${index}].data`, noObject);
  const userText = user === undefined ? null : objectText(user);
  if (userText === null && user !== undefined) {
    throw failure(`events[${index}].user`, noObject);
  }
  const rest = restLength(event);
  if (rest === null) throw failure(`events[${index}]`, noObject);
  return {
    event,
    data: dataText,
    user: userText,
    size: rest +
      `,"data":`.length + dataText.length +
      (userText === null ? 0 : `,"user":`.length + userText.length),
  };
}

// How long the JSON is without `data` and `user`. An event of this library has no more fields than
// these, which takes a third of the time.
function restLength(event: NewEvent): number | null {
  for (const field in event) {
    if (!fields.has(field)) {
      return objectText({ ...event, data: undefined, user: undefined })
        ?.length ?? null;
    }
  }
  const { id, time, type, version } = event;
  return `{"id":,"time":${time},"type":,"version":${version}}`.length +
    JSON.stringify(id).length + JSON.stringify(type).length;
}

const fields: ReadonlySet<string> = new Set([
  ...["id", "time", "type", "version", "data", "user"],
]);
const noName = "no text, or an empty one";
const noObject = "no object that JSON can be made of";

function isName(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

// By what comes of it: an object may say itself what its JSON is, such as a date.
function objectText(value: unknown): string | null {
  try {
    const text: unknown = JSON.stringify(value);
    return typeof text === "string" && text.startsWith("{") ? text : null;
  } catch {
    return null;
  }
}

function failure(field: string, what: string): TypeError {
  return new TypeError(
    `Cannot append events: the current value of ${field} is ${what}`,
  );
}
