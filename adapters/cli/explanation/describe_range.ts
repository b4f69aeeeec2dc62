import { describeBucket } from "./describe_bucket.ts";
import { describeValue } from "../text/describe_value.ts";

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
