/**
 * Gives the value that a key of `valueKey` stands for, as the text by which a user is known.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { valueKey } from "./value_key.ts";
 *
 * assertEquals(textOfKey(valueKey(7)), "7");
 * assertEquals(textOfKey(valueKey(["7"])), '["7"]');
 * assertEquals(textOfKey(valueKey("\0text 7")), "\0text 7");
 * ```
 */
export function textOfKey(key: unknown): string {
  return typeof key === "string" && key.charCodeAt(0) === 0
    ? key.slice("\0text ".length)
    : String(key);
}
