import { inRange } from "../../../core/mod.ts";
import { describeValue } from "../text/describe_value.ts";

/**
 * Tells where a hash fell, or where a range ends, with the four digits that buckets have. What is
 * no number, though it should be one, is told as it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(describeBucket(0.5), "0.5000");
 * ```
 */
export function describeBucket(bucket: unknown): string {
  return typeof bucket === "number" ? bucket.toFixed(4) : describeValue(bucket);
}

/**
 * Tells a range of buckets. What is no range, though it should be one, is told as it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(describeRange([0, 0.5]), "0.0000-0.5000");
 * ```
 */
export function describeRange(range: unknown): string {
  return Array.isArray(range) && range.length === 2
    ? `${describeBucket(range[0])}-${describeBucket(range[1])}`
    : describeValue(range);
}

/**
 * Tells whether a bucket that is told is in a range that is told. False where one of them is not
 * what it should be.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isInRange(0.5, [0, 0.5]), false);
 * assertEquals(isInRange(null, [0, 0.5]), false);
 * ```
 */
export function isInRange(bucket: number | null, range: unknown): boolean {
  if (bucket === null || !Array.isArray(range)) return false;
  return inRange(bucket, [range[0], range[1]]);
}
