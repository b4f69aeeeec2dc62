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

/**
 * Tells a key or an id: a text as it is but safe for a terminal, anything else (a payload may hold
 * what it should not) as a value.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(describeName("checkout-cta"), "checkout-cta");
 * assertEquals(describeName(["checkout-cta"]), '["checkout-cta"]');
 * ```
 */
export function describeName(name: unknown): string {
  return typeof name === "string" ? escapeText(name) : describeValue(name);
}

function toJsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // Some engines read deeper JSON than they write.
    return "(cannot be shown)";
  }
}
