import type { BucketRange } from "../types/experiment.ts";

/**
 * Tells whether a bucket lies in a range, its start included, its end not.
 *
 * @example
 * ```ts
 * import { inRange } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(inRange(0.2, [0.2, 0.4]), true);
 * assertEquals(inRange(0.4, [0.2, 0.4]), false);
 * ```
 */
export function inRange(bucket: number, range: BucketRange): boolean {
  return bucket >= range[0] && bucket < range[1];
}
