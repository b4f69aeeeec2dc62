import fc from "fast-check";

/** A probability: anything from 0 to 1. */
export const arbitraryShare: fc.Arbitrary<number> = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.nat(100).map((percent) => percent / 100),
);

/** Weights that may be used: none below 0, their sum 1 but for rounding. */
export const arbitraryUsableWeights: fc.Arbitrary<readonly number[]> =
  usableWeights(2, 8, 0);

/** Weights of a number of variations, none below `least` of the largest, their sum 1. */
export function usableWeights(
  minLength: number,
  maxLength: number,
  least: number,
): fc.Arbitrary<readonly number[]> {
  return fc.array(fc.integer({ min: least * 1000, max: 1000 }), {
    minLength,
    maxLength,
  }).map((parts) => {
    const total = parts.reduce((sum, part) => sum + part, 0);
    return parts.map((part) => total === 0 ? 1 / parts.length : part / total);
  });
}
