import { describeValue } from "./describe_value.ts";
import { escapeText } from "./escape_text.ts";

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
