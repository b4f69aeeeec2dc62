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
