/**
 * Checks a position, or a number of events, that a store is asked for: `name` says which. What is
 * past the largest whole number that is exact becomes that one, so `Infinity` is all there is, and
 * what is between two whole numbers the smaller one.
 *
 * Throws a `TypeError` for what is no number, and a `RangeError` for NaN and for what is negative.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(checkPosition("limit", Infinity), Number.MAX_SAFE_INTEGER);
 * assertEquals(checkPosition("limit", 1.5), 1);
 * assertThrows(() => checkPosition("limit", -1), RangeError);
 * ```
 */
export function checkPosition(name: string, value: number): number {
  if (typeof value !== "number") {
    throw new TypeError(
      `Cannot use the store: the current value of ${name} is of type ${typeof value}`,
    );
  }
  if (Number.isNaN(value) || value < 0) {
    throw new RangeError(
      `Cannot use the store: the current value of ${name} is ${value}`,
    );
  }
  return Math.floor(Math.min(value, Number.MAX_SAFE_INTEGER));
}
