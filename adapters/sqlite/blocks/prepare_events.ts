import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import { type CheckedEvent, checkEvent } from "../../log/check_event.ts";
import { checkList } from "../../log/check_events.ts";
import type { ExposureForm } from "./exposure_forms.ts";
import { isOrderedId } from "./ordered_id.ts";

/** An event that was checked and is ready to be written. */
export interface PreparedEvent {
  /** The event. */
  readonly event: NewEvent;
  /** Whether its id is of the kind that comes in order. */
  readonly isOrdered: boolean;
  /** The form that it is written with; null where it is written as it is. */
  readonly form: ExposureForm | null;
  /** Its JSON: with a form what differs, otherwise that of all but what is `checked`. */
  readonly text: string;
  /** What the check made of it; null with a form. */
  readonly checked: CheckedEvent | null;
}

/**
 * Checks events as `checkEvent` does, and makes their JSON. An exposure with a form is written as
 * `[form, id, time, hashValue, bucket, user]`, where `bucket` is null where there is none, and `user` is 0
 * for the identity of the exposure, and left out where there is none.
 */
export function prepareEvents(
  events: readonly NewEvent[],
  findForm: (event: NewEvent) => ExposureForm | null,
): readonly PreparedEvent[] {
  checkList(events);
  const textOf = createTexts();
  return events.map((event, index) => {
    if (isPlain(event)) {
      const isOrdered = isOrderedId(event.id);
      const form = findForm(event);
      const text = form === null ? null : textOf(event, isOrdered);
      if (text !== null) return { event, isOrdered, form, text, checked: null };
    }
    const checked = checkEvent(event, index);
    const isOrdered = isOrderedId(event.id);
    return { event, isOrdered, form: null, text: "", checked };
  });
}

// Whether an exposure has the fields of an event alone, and what `checkEvent` asks of them.
function isPlain(event: NewEvent): boolean {
  if (typeof event !== "object" || event === null) return false;
  for (const field in event) if (!fields.has(field)) return false;
  const { id, time, version } = event;
  return typeof id === "string" && id !== "" && version === 1 &&
    Number.isFinite(time);
}

const fields: ReadonlySet<string> = new Set([
  ...["id", "time", "type", "version", "data", "user"],
]);

interface SharedTexts {
  readonly time: number;
  readonly user: NewEvent["user"];
  readonly hashAttribute: unknown;
  readonly hashValue: unknown;
  /** What stands in front of the bucket. */
  readonly before: string;
  /** What stands after it; null where there is no text. */
  readonly after: string | null;
}

// The exposures of a request come in a row: what they have in common is made once.
function createTexts(): (
  event: NewEvent,
  isOrdered: boolean,
) => string | null {
  let last: SharedTexts | null = null;
  return (event, isOrdered) => {
    const { id, time, data, user } = event;
    const { hashAttribute, hashValue, bucket = null } = data;
    const isSame = last !== null && last.time === time && last.user === user &&
      last.hashAttribute === hashAttribute && last.hashValue === hashValue;
    if (!isSame) {
      const before = ["", time, JSON.stringify(hashValue), ""].join();
      const after = userText(event);
      last = { time, user, hashAttribute, hashValue, before, after };
    }
    const { before, after } = last!;
    if (after === null) return null;
    return isOrdered
      ? `,"${id}"${before}${bucket}${after}`
      : `,${JSON.stringify(id)}${before}${bucket}${after}`;
  };
}

// Null where a user is no JSON.
function userText({ data, user }: NewEvent): string | null {
  if (user === undefined) return "]";
  if (isIdentity(user, data)) return ",0]";
  try {
    const text: unknown = JSON.stringify(user);
    return typeof text === "string" && text.startsWith("{")
      ? `,${text}]`
      : null;
  } catch {
    return null;
  }
}

function isIdentity(
  user: NonNullable<NewEvent["user"]>,
  data: NewEvent["data"],
): boolean {
  if (typeof user !== "object" || user === null) return false;
  for (const field in user) {
    if (field !== "level" && field !== "attributes") return false;
  }
  const { level, attributes } = user;
  if (level !== "identity" || typeof attributes !== "object") return false;
  let count = 0;
  for (const name in attributes) {
    if (name !== data["hashAttribute"]) return false;
    count++;
  }
  return count === 1 && !("toJSON" in user) && !("toJSON" in attributes) &&
    attributes[data["hashAttribute"] as string] === data["hashValue"];
}
