import type { BucketRange } from "../types/experiment.ts";
import { getEqualWeights } from "./get_equal_weights.ts";

/**
 * Lays the variations of an experiment out over the buckets from 0 to 1.
 *
 * `coverage` is the share of users included, clamped to 0..1; each variation loses the same share
 * of its range, from the end, so that raising the coverage moves no user who is included already.
 * `weights` are used when there is one for each variation and they sum to 0.99..1.01; equal
 * weights otherwise.
 *
 * Returns a range `[start, end)` for each variation.
 *
 * @example
 * ```ts
 * import { getBucketRanges } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(getBucketRanges(2, 1, [0.25, 0.75]), [[0, 0.25], [0.25, 1]]);
 * assertEquals(getBucketRanges(2, 0.5), [[0, 0.25], [0.5, 0.75]]);
 * ```
 */
export function getBucketRanges(
  numVariations: number,
  coverage: number = 1,
  weights?: readonly number[],
): BucketRange[] {
  const share = coverage < 0 ? 0 : coverage > 1 ? 1 : coverage;
  const shares = isUsable(weights, numVariations)
    ? weights
    : getEqualWeights(numVariations);
  let start = 0;
  return shares.map((weight) => {
    const range: BucketRange = [start, start + share * weight];
    start += weight;
    return range;
  });
}

function isUsable(
  weights: readonly number[] | undefined,
  numVariations: number,
): weights is readonly number[] {
  if (!Array.isArray(weights) || weights.length !== numVariations) return false;
  // Weights that are no numbers are added and compared as the official SDK does it, which lets a
  // sum through that is not a number.
  let total = 0;
  for (const weight of weights) total = weight + total;
  return !(total < 0.99 || total > 1.01);
}
