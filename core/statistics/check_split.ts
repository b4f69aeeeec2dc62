import { chiSquaredPValue } from "./chi_squared_p_value.ts";

/** How many have to be expected in each category for chi-squared to be a fair approximation. */
const leastExpected = 5;

/** Counts, held against the weights by which they should be shared out. */
export interface SplitTest {
  /** The counts. */
  readonly users: readonly number[];
  /** What they should be: their sum, shared out by the weights. */
  readonly expectedUsers: readonly number[];
  /** Whether there are enough to tell. */
  readonly isTestable: boolean;
  /** Pearson's statistic; infinite where there is something in a category without weight. */
  readonly chiSquared: number;
  /** One less than there are categories with a weight. */
  readonly degreesOfFreedom: number;
  /** How likely counts are that are as uneven, or more so; null where there are too few to tell. */
  readonly pValue: number | null;
}

/**
 * Holds counts against weights by Pearson's chi-squared test (Pearson 1900).
 *
 * `users` are integers from 0; `weights` numbers from 0, one for each count, which need not sum to 1.
 * There are enough users to tell where 5 or more are expected in each category that has a weight
 * (Cochran 1954). A count without a weight makes the statistic infinite, and where no category has a weight
 * there is nothing to tell.
 *
 * @example
 * ```ts
 * import { checkSplit } from "@growthstream/sdk/statistics";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const { expectedUsers, chiSquared, pValue } = checkSplit([480, 520], [1, 1]);
 * assertEquals([expectedUsers, chiSquared], [[500, 500], 1.6]);
 * assertAlmostEquals(pValue ?? 0, 0.206, 0.001);
 * assertEquals(checkSplit([3, 2], [1, 1]).pValue, null); // too few to tell
 * ```
 */
export function checkSplit(
  users: readonly number[],
  weights: readonly number[],
): SplitTest {
  const count = sum(users);
  const weight = sum(weights);
  const expectedUsers = weights.map((share) =>
    weight > 0 ? count * share / weight : 0
  );
  const positive = expectedUsers.filter((expected) => expected > 0);
  const isTestable = positive.length > 0 &&
    positive.every((expected) => expected >= leastExpected);
  const degreesOfFreedom = Math.max(0, positive.length - 1);
  const chiSquared = sum(users.map((found, index) => {
    const expected = expectedUsers[index]!;
    if (expected > 0) return (found - expected) ** 2 / expected;
    return found > 0 ? Infinity : 0;
  }));
  return {
    users,
    expectedUsers,
    isTestable,
    chiSquared,
    degreesOfFreedom,
    pValue: isTestable ? likelihood(chiSquared, degreesOfFreedom) : null,
  };
}

// Where one category has all the weight, nothing is left to chance.
function likelihood(chiSquared: number, degreesOfFreedom: number): number {
  if (degreesOfFreedom > 0) {
    return chiSquaredPValue(chiSquared, degreesOfFreedom);
  }
  return chiSquared > 0 ? 0 : 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
