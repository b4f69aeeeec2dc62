import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import { valueText } from "./value_text.ts";

/** A user, as an attribute knows it. */
export interface ErasedUser {
  /** The name of the attribute, such as `id`. */
  readonly attribute: string;
  /** Its value. A number and its text are the same user. */
  readonly value: string | number | boolean;
}

/**
 * Checks what `erase` is given. Throws a `TypeError` where the attribute is no text, or an empty one,
 * and where the value is neither a text, a number nor a boolean.
 */
export function checkErasure(user: ErasedUser): void {
  const { attribute, value }: Partial<ErasedUser> = Object(user);
  if (typeof attribute !== "string" || attribute === "") {
    throw new TypeError(
      "Cannot erase a user: the current attribute is no text, or an empty one",
    );
  }
  if (!["string", "number", "boolean"].includes(typeof value)) {
    throw new TypeError(
      `Cannot erase a user: the current value is of type ${typeof value}`,
    );
  }
}

/**
 * Tells whether an event is about a user: its `user` has the attribute with that value, it is the
 * exposure of that user, a sticky bucket of it, or it has the user's attributes
 * (`attributes.changed`).
 */
export function isAbout(
  { type, data, user }: NewEvent,
  { attribute, value }: ErasedUser,
): boolean {
  const text = valueText(value);
  const has = (holder: unknown) => {
    const { [attribute]: own = null } = { ...Object(holder) };
    return own !== null && valueText(own) === text;
  };
  if (user !== undefined && has(user.attributes)) return true;
  switch (type) {
    case "experiment.viewed":
      return data["hashAttribute"] === attribute &&
        valueText(data["hashValue"]) === text;
    case "sticky-bucket.assigned":
      return data["attributeName"] === attribute &&
        data["attributeValue"] === text;
    case "attributes.changed":
      return has(data["attributes"]);
    default:
      return false;
  }
}

/**
 * Gives what a store keeps in the place of an event that is about an erased user: the id, the time and
 * the position, of the type `erased`, with nothing in it.
 */
export function erasedEvent<Event extends NewEvent>(event: Event): Event {
  const { user: _, ...rest } = event;
  return { ...rest, type: "erased", version: 1, data: {} } as unknown as Event;
}
