import { attempt } from "../../core/support/attempt.ts";

/**
 * Gives what a map knows a value of an attribute by, so that two are the same where their JSON is.
 * A number, a text and a boolean are keys of a map as they are. Anything else goes by its JSON text,
 * behind a mark that no text of the kind that attributes have begins with but by chance; a text that
 * does is moved out of the way.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(valueKey("7"), "7");
 * assertEquals(valueKey([7]) === valueKey([7]), true);
 * assertEquals(valueKey([7]) === valueKey("[7]"), false);
 * ```
 */
export function valueKey(value: unknown): unknown {
  if (typeof value === "string") {
    return value.charCodeAt(0) === 0 ? `\0text ${value}` : value;
  }
  if (typeof value !== "object" || value === null) return value;
  // What has no JSON, such as a value that contains itself, is like itself alone.
  const text = attempt(() => JSON.stringify(value), undefined);
  return text === undefined ? value : `\0json ${text}`;
}
