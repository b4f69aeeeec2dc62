import { logGamma } from "./log_gamma.ts";

/**
 * Gives the probability that a chi-squared variable with so many degrees of freedom is at least as
 * large as a statistic: the p-value of Pearson's test.
 *
 * `statistic` is from 0, infinity included; `degreesOfFreedom` a number above 0. NaN for anything
 * else. Good to ten digits and more, also where the probability is as tiny as 1e-300.
 *
 * It is the regularised upper incomplete gamma function Q(degrees / 2, statistic / 2): by the series
 * of P (DLMF 8.11.4, https://dlmf.nist.gov/8.11.E4) below the bend at a + 1, by Legendre's continued
 * fraction of Q (DLMF 8.9.2), evaluated as Lentz (1976) and Thompson and Barnett (1986) do it, above.
 *
 * @example
 * ```ts
 * import { chiSquaredPValue } from "@growthstream/sdk/statistics";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(chiSquaredPValue(3.841458820694124, 1), 0.05, 1e-12);
 * ```
 */
export function chiSquaredPValue(
  statistic: number,
  degreesOfFreedom: number,
): number {
  if (!(statistic >= 0) || !(degreesOfFreedom > 0)) return NaN;
  if (!Number.isFinite(degreesOfFreedom)) return NaN;
  if (statistic === 0) return 1;
  if (statistic === Infinity) return 0;
  const shape = degreesOfFreedom / 2;
  const bound = statistic / 2;
  const scale = Math.exp(shape * Math.log(bound) - bound - logGamma(shape));
  return bound < shape + 1
    ? 1 - scale * lowerSeries(shape, bound)
    : scale * upperFraction(shape, bound);
}

// Terms fall below the precision of a double after a number of them that grows with the square root
// of the degrees of freedom.
const precision = 1e-16;

function lowerSeries(shape: number, bound: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let divisor = shape + 1; term > sum * precision; divisor++) {
    term *= bound / divisor;
    sum += term;
  }
  return sum;
}

function upperFraction(shape: number, bound: number): number {
  let denominator = bound + 1 - shape;
  let ratio = Infinity;
  let inverse = 1 / denominator;
  let value = inverse;
  for (let step = 1; step < 1e6; step++) {
    const numerator = -step * (step - shape);
    denominator += 2;
    inverse = 1 / nonZero(numerator * inverse + denominator);
    ratio = nonZero(denominator + numerator / ratio);
    const factor = inverse * ratio;
    value *= factor;
    if (Math.abs(factor - 1) < precision * 10) break;
  }
  return value;
}

// Lentz's way never divides by zero, but by a number that makes no difference.
function nonZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}
