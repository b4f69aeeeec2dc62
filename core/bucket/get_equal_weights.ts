/**
 * Gives each of a number of variations the same weight.
 *
 * Returns `numVariations` times `1 / numVariations`, or an empty array when there are fewer than
 * one.
 *
 * @example
 * ```ts
 * import { getEqualWeights } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(getEqualWeights(4), [0.25, 0.25, 0.25, 0.25]);
 * assertEquals(getEqualWeights(0), []);
 * ```
 */
export function getEqualWeights(numVariations: number): number[] {
  if (!(numVariations >= 1)) return [];
  return new Array<number>(Math.trunc(numVariations)).fill(1 / numVariations);
}
