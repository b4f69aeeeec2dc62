import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { type BucketRange, getBucketRanges } from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { testRows } from "../../support/test_rows.ts";
import { runs } from "../../support/runs.ts";

type Row = readonly [
  fact: string,
  numVariations: number,
  coverage: number | undefined,
  weights: readonly number[] | undefined,
  expected: readonly BucketRange[],
];

const halves: readonly BucketRange[] = [[0, 0.5], [0.5, 1]];

const rows: readonly Row[] = [
  ["covers everybody by default", 2, undefined, undefined, halves],
  ["uses the weights", 2, 1, [0.25, 0.75], [[0, 0.25], [0.25, 1]]],
  [
    "shortens each range from its end by the coverage",
    2,
    0.5,
    [0.25, 0.75],
    [[0, 0.125], [0.25, 0.625]],
  ],
  [
    "starts each range at the sum of the weights before it",
    3,
    0.5,
    [0.25, 0.25, 0.5],
    [[0, 0.125], [0.25, 0.375], [0.5, 0.75]],
  ],
  ["covers nobody with coverage 0", 2, 0, undefined, [[0, 0], [0.5, 0.5]]],
  ["takes a coverage above 1 as 1", 2, 1.5, undefined, halves],
  ["takes a coverage below 0 as 0", 2, -0.2, undefined, [[0, 0], [0.5, 0.5]]],
  ["keeps a coverage just below 1", 1, 0.999, undefined, [[0, 0.999]]],
  ["ignores too few weights", 2, 1, [1], halves],
  ["ignores too many weights", 2, 1, [0.2, 0.3, 0.5], halves],
  ["ignores weights that sum to 0.98", 2, 1, [0.49, 0.49], halves],
  ["uses weights that sum to 0.99", 2, 1, [0.49, 0.5], [
    [0, 0.49],
    [0.49, 0.99],
  ]],
  ["uses weights that sum to 1.01", 2, 1, [0.5, 0.51], [[0, 0.5], [0.5, 1.01]]],
  ["ignores weights that sum to 1.02", 2, 1, [0.5, 0.52], halves],
  ["uses a weight of 0", 2, 1, [0, 1], [[0, 0], [0, 1]]],
  ["gives no range for no variation", 0, 1, undefined, []],
  ["gives no range for less than no variation", -1, 1, undefined, []],
];

testRows(
  "getBucketRanges()",
  rows,
  ([, numVariations, coverage, weights, expected]) => {
    assertEquals(getBucketRanges(numVariations, coverage, weights), expected);
  },
);

Deno.test("getBucketRanges() ignores weights that are no list", () => {
  assertEquals(getBucketRanges(2, 1, malformed(null)), halves);
});

Deno.test("getBucketRanges() always lays ranges out in order and without overlap", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), share, (count, coverage) => {
      let end = 0;
      for (const range of getBucketRanges(count, coverage)) {
        assertEquals(range[0] >= end - 1e-9 && range[1] >= range[0], true);
        end = range[1];
      }
    }),
    runs(100),
  );
});

Deno.test("getBucketRanges() moves no start when the coverage changes", () => {
  const starts = (coverage: number) =>
    getBucketRanges(4, coverage, [0.1, 0.2, 0.3, 0.4]).map(([start]) => start);
  assertEquals(starts(0.1), starts(1));
});
