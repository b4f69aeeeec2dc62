/**
 * How likely it is that a statistical test fails though all is well, given users that nobody
 * chose. It is so small that the hundred thousands of tests of a long run never see it happen. A
 * run in the gate draws the same users each time, so there it happens always or never.
 */
export const significance = 1e-9;

/**
 * Where the chi-squared distribution leaves `significance` to its right, by degrees of freedom, as
 * `scipy.stats.chi2.isf(1e-9, degrees)` of SciPy 1.17.1 gives it.
 */
const criticalValues: { readonly [degrees: number]: number } = {
  1: 37.3249,
  2: 41.4466,
  3: 44.8413,
  4: 47.8795,
  5: 50.6922,
  6: 53.3446,
  81: 181.9461,
  99: 207.8976,
};

/** Gives the value that a chi-squared statistic exceeds only by chance, and then hardly ever. */
export function criticalValue(degrees: number): number {
  const value = criticalValues[degrees];
  if (value !== undefined) return value;
  throw new RangeError(
    `Cannot tell the critical value: the current number of degrees is ${degrees}`,
  );
}

/**
 * Pearson's chi-squared statistic of counts against what was expected. Expected counts should be 5
 * or more. The degrees of freedom are one less than the counts.
 */
export function chiSquared(
  counts: readonly number[],
  expected: readonly number[],
): number {
  return counts.reduce(
    (sum, count, index) =>
      sum + (count - expected[index]!) ** 2 / expected[index]!,
    0,
  );
}

/**
 * Pearson's chi-squared statistic of a contingency table: how far from independent rows and columns
 * are. For 10 by 10 counts it has 81 degrees of freedom.
 */
export function dependence(table: readonly (readonly number[])[]): number {
  const rows = table.map(sum);
  const columns = table[0]!.map((_, column) =>
    sum(table.map((row) => row[column]!))
  );
  const total = sum(rows);
  return chiSquared(
    table.flat(),
    rows.flatMap((row) => columns.map((column) => row * column / total)),
  );
}

/**
 * How far the share of `count` users to whom something happens may be from its probability, by
 * Hoeffding's inequality (1963): further only with a probability of `significance`.
 */
export function shareTolerance(count: number): number {
  return Math.sqrt(Math.log(2 / significance) / (2 * count));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
