import type { BucketRange } from "../types/experiment.ts";
import { inRange } from "./in_range.ts";

/**
 * Finds the variation that a bucket belongs to.
 *
 * Returns the index of the first range that holds the bucket, or -1 when none does: the user is
 * not part of the experiment.
 *
 * @example
 * ```ts
 * import { chooseVariation } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(chooseVariation(0.3, [[0, 0.25], [0.25, 0.5]]), 1);
 * assertEquals(chooseVariation(0.7, [[0, 0.25], [0.25, 0.5]]), -1);
 * ```
 */
export function chooseVariation(
  bucket: number,
  ranges: readonly BucketRange[],
): number {
  for (let index = 0; index < ranges.length; index++) {
    if (inRange(bucket, ranges[index]!)) return index;
  }
  return -1;
}
