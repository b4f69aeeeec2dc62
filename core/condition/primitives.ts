import { attempt } from "../support/attempt.ts";
import { convertible } from "../support/is_list.ts";

/** Reads a value as `String` does; null where it can't become a string. */
export function toText(value: unknown): string | null {
  return typeof value === "string"
    ? value
    : attempt(() => String(convertible(value)), null);
}

/** Reads a value as multiplication does; NaN where it can't become a number. */
export function toNumber(value: unknown): number {
  return typeof value === "number"
    ? value
    : attempt(() => (convertible(value) as number) * 1, NaN);
}

/** Gives the JSON text of a value; null where it has none. */
export function toJson(value: unknown): string | null {
  return attempt(() => JSON.stringify(convertible(value)), undefined) ?? null;
}

/**
 * Tells whether JavaScript's order takes a value: what can't become a primitive, or is a symbol,
 * compares with nothing, since trying throws.
 */
export function isComparable(value: unknown): value is number {
  return typeof value === "number" || typeof value === "string" ||
    attempt(() => (convertible(value) as number) < 0 || true, false);
}
