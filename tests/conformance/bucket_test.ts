import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  type BucketRange,
  chooseVariation,
  getBucketRanges,
  getEqualWeights,
  inNamespace,
  type Namespace,
} from "../../mod.ts";
import { testConformance } from "../support/evaluation/conformance.ts";

/** The rows are given to eight decimals. */
const tolerance = 0.5e-8;

function assertClose(
  actual: readonly number[],
  expected: readonly number[],
): void {
  assertEquals(actual.length, expected.length);
  for (const [index, number] of expected.entries()) {
    assertAlmostEquals(actual[index]!, number, tolerance);
  }
}

type RangesRow = readonly [
  name: string,
  input: readonly [
    numVariations: number,
    coverage: number,
    weights: readonly number[] | null,
  ],
  expected: readonly BucketRange[],
];

testConformance<RangesRow>(
  "getBucketRanges()",
  "getBucketRange",
  ([name]) => name,
  ([, [numVariations, coverage, weights], expected]) => {
    const ranges = getBucketRanges(
      numVariations,
      coverage,
      weights ?? undefined,
    );
    assertClose(ranges.flat(), expected.flat());
  },
);

type VariationRow = readonly [string, number, readonly BucketRange[], number];

testConformance<VariationRow>(
  "chooseVariation()",
  "chooseVariation",
  ([name]) => name,
  ([, bucket, ranges, expected]) => {
    assertEquals(chooseVariation(bucket, ranges), expected);
  },
);

testConformance<readonly [string, string, Namespace, boolean]>(
  "inNamespace()",
  "inNamespace",
  ([name]) => name,
  ([, hashValue, namespace, expected]) => {
    assertEquals(inNamespace(hashValue, namespace), expected);
  },
);

testConformance<readonly [number, readonly number[]]>(
  "getEqualWeights()",
  "getEqualWeights",
  ([numVariations]) => `${numVariations} variations`,
  ([numVariations, expected]) => {
    assertClose(getEqualWeights(numVariations), expected);
  },
);
