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
  // A length that is no number, claimed by variations that are no list, makes a list of one entry:
  // that is what the official SDK, and JavaScript's own `Array`, make of it.
  if (typeof numVariations !== "number") {
    return numVariations < 1 ? [] : [1 / numVariations];
  }
  if (!(numVariations >= 1)) return [];
  return new Array<number>(Math.trunc(numVariations)).fill(1 / numVariations);
}
