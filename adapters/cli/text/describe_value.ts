import { escapeText } from "./escape_text.ts";

/**
 * Tells a value as JSON on one line, safe for a terminal. Of one that is longer than `longest`
 * characters only the beginning is told, with how many characters follow.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(describeValue({ country: "fr" }), '{"country":"fr"}');
 * assertEquals(describeValue("a".repeat(300)).slice(200), "… (102 more characters)");
 * ```
 */
export function describeValue(value: unknown, longest = 200): string {
  const text = toJsonText(value);
  if (text.length <= longest) return escapeText(text);
  const rest = text.length - longest;
  return `${escapeText(text.slice(0, longest))}… (${rest} more characters)`;
}

function toJsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // Some engines read deeper JSON than they write.
    return "(cannot be shown)";
  }
}
