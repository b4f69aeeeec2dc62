import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { chiSquaredPValue } from "../../../core/statistics/chi_squared_p_value.ts";
import { testLaw } from "../../support/test_law.ts";

/**
 * Critical values as they stand in tables of the chi-squared distribution (NIST/SEMATECH e-Handbook,
 * 1.3.6.7.4), with the probability of the column.
 */
const table: readonly (readonly [
  degrees: number,
  probability: number,
  value: number,
])[] = [
  [1, 0.1, 2.706],
  [1, 0.05, 3.841],
  [1, 0.01, 6.635],
  [1, 0.001, 10.828],
  [2, 0.05, 5.991],
  [2, 0.001, 13.816],
  [5, 0.05, 11.070],
  [10, 0.05, 18.307],
  [10, 0.001, 29.588],
  [30, 0.05, 43.773],
  [100, 0.05, 124.342],
  [100, 0.001, 149.449],
];

/** As mpmath 1.3 gives them with 40 digits: `gammainc(degrees / 2, statistic / 2, inf, regularized=True)`. */
const exact: readonly (readonly [
  statistic: number,
  degrees: number,
  probability: number,
])[] = [
  [0.001, 1, 0.97477287936996],
  [0.5, 1, 0.479500122186953],
  [2.705543454095404, 1, 0.100000000000001],
  [3.841458820694124, 1, 0.0500000000000001],
  [6.634896601021213, 1, 0.01],
  [10.827566170662733, 1, 0.001],
  [25, 1, 5.73303143758388e-7],
  [100, 1, 1.52397060483211e-23],
  [700, 1, 2.99022697512462e-154],
  [1400, 1, 2.10101451626422e-306],
  [0.1, 2, 0.951229424500714],
  [5.991464547107979, 2, 0.0500000000000001],
  [13.815510557964274, 2, 0.001],
  [1e-06, 2, 0.999999500000125],
  [7.814727903251179, 3, 0.05],
  [0.3, 4, 0.989814172888816],
  [9.487729036781154, 4, 0.0500000000000001],
  [18.307038053275146, 10, 0.05],
  [2, 10, 0.996340153172656],
  [43.77297182574219, 30, 0.05],
  [59.7030643, 30, 0.00100000000123065],
  [124.342, 100, 0.0500007157699718],
  [100, 100, 0.481191684527957],
  [50, 100, 0.999993046694752],
  [300, 100, 7.41210085732288e-22],
  [1000, 1000, 0.49405285382924],
  [1200, 1000, 1.22559423306229e-5],
  [800, 1000, 0.999999189061892],
  [2000, 1000, 4.14367859145499e-69],
  [0.7, 0.5, 0.205476726986713],
];

Deno.test("chiSquaredPValue() agrees with the printed tables, to their precision", () => {
  for (const [degrees, probability, value] of table) {
    assert(chiSquaredPValue(value - 0.0005, degrees) >= probability);
    assert(chiSquaredPValue(value + 0.0005, degrees) <= probability);
  }
});

Deno.test("chiSquaredPValue() agrees with exact values to ten digits, tiny ones too", () => {
  for (const [statistic, degrees, probability] of exact) {
    const found = chiSquaredPValue(statistic, degrees);
    assert(
      Math.abs(found - probability) <= probability * 1e-10,
      `${statistic} with ${degrees}: ${found}, not ${probability}`,
    );
  }
});

Deno.test("chiSquaredPValue() is 1 for no difference and 0 for an infinite one", () => {
  assertEquals([chiSquaredPValue(0, 3), chiSquaredPValue(Infinity, 3)], [1, 0]);
});

Deno.test("chiSquaredPValue() is NaN where there is no such distribution", () => {
  const values = [[-1, 1], [NaN, 1], [1, 0], [1, -2], [1, NaN], [1, Infinity]];
  assertEquals(
    values.map(([statistic, degrees]) =>
      chiSquaredPValue(statistic!, degrees!)
    ),
    values.map(() => NaN),
  );
});

const arbitraryStatistic = fc.double({ min: 0, max: 5000, noNaN: true });

testLaw(
  "chiSquaredPValue() is a probability that falls with the statistic and grows with the degrees",
  2000,
  [arbitraryStatistic, arbitraryStatistic, fc.integer({ min: 1, max: 500 })],
  (one, other, degrees) => {
    const [low, high] = one < other ? [one, other] : [other, one];
    const [larger, smaller] = [low, high].map((statistic) =>
      chiSquaredPValue(statistic!, degrees)
    ) as [number, number];
    assert(0 <= smaller && larger <= 1);
    assert(smaller <= larger * (1 + 1e-9));
    assert(chiSquaredPValue(low, degrees + 1) >= larger * (1 - 1e-9));
  },
);

testLaw(
  "chiSquaredPValue() with two degrees is the exponential function",
  1000,
  [fc.double({ min: 0, max: 1400, noNaN: true })],
  (statistic) => {
    const expected = Math.exp(-statistic / 2);
    const found = chiSquaredPValue(statistic, 2);
    assert(Math.abs(found - expected) <= expected * 1e-10);
  },
);
