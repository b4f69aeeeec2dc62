import type { Attributes } from "../../../core/mod.ts";
import { escapeText } from "./escape_text.ts";

/**
 * Reads the JSON object that an option gives; null where the option was not given. Where it gives
 * something else, returns what is wrong, for the end of a sentence.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseObject('{"id":"7"}'), { id: "7" });
 * assertEquals(parseObject("[7]"), "it is not a JSON object");
 * assertEquals(parseObject(null), null);
 * ```
 */
export function parseObject(
  text: string | null,
): Attributes | string | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? value as Attributes
      : "it is not a JSON object";
  } catch (error) {
    return `it is not JSON, ${escapeText((error as Error).message)}`;
  }
}
