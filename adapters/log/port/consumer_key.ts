/** Which part of a log a consumer is about to settle. */
export interface ConsumerKey {
  /** The name of the consumer. Any text. */
  readonly name: string;
  /**
   * The lane: `""`, the default, for the whole log, another text for the events that were appended
   * with that lane, and `"redelivery"` for parked events that are to be tried again.
   * Every lane of a name has its own owner and its own checkpoint.
   */
  readonly lane?: string;
}

/** The lane that stands for the whole log. */
export const wholeLog = "";

/** The lane in which parked events are delivered again. No event is ever appended with it. */
export const redeliveryLane = "redelivery";

/**
 * Checks a key that a store is given, and gives it with its lane. Throws a `TypeError` where the name
 * or the lane is no text.
 */
export function checkKey(key: ConsumerKey): Required<ConsumerKey> {
  const { name, lane = wholeLog } = Object(key) as ConsumerKey;
  checkText("name", name);
  checkText("lane", lane);
  return { name, lane };
}

/**
 * Gives a text that stands for a key, another one for each.
 *
 * @example
 * ```ts
 * import { keyText } from "./consumer_key.ts";
 * import { assertEquals, assertNotEquals } from "@std/assert";
 *
 * assertEquals(keyText({ name: "a" }), keyText({ name: "a", lane: "" }));
 * assertNotEquals(keyText({ name: "a", lane: "b" }), keyText({ name: "ab" }));
 * ```
 */
export function keyText({ name, lane = wholeLog }: ConsumerKey): string {
  return JSON.stringify([name, lane]);
}

/** Checks the id of an owner. Throws a `TypeError` where it is no text, or an empty one. */
export function checkOwner(owner: string): void {
  checkText("owner", owner);
  if (owner === "") {
    throw new TypeError("Cannot use the store: the current owner is empty");
  }
}

function checkText(field: string, value: unknown): void {
  if (typeof value === "string") return;
  throw new TypeError(
    `Cannot use the store: the current ${field} is of type ${typeof value}`,
  );
}
