import type { JsonValue } from "../../../core/types/json.ts";

/**
 * Reads `KEY=VALUE`: the value is JSON where it can be, and else the text as it stands. Null where
 * there is no key.
 *
 * @example
 * ```ts
 * import { parseOverride } from "./parse_override.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseOverride("chat=true"), ["chat", true]);
 * assertEquals(parseOverride("title=Hello = you"), ["title", "Hello = you"]);
 * assertEquals(parseOverride("chat"), null);
 * ```
 */
export function parseOverride(
  text: string,
): readonly [key: string, value: JsonValue] | null {
  const end = text.indexOf("=");
  if (end < 1) return null;
  const value = text.slice(end + 1);
  try {
    return [text.slice(0, end), JSON.parse(value)];
  } catch {
    return [text.slice(0, end), value];
  }
}
