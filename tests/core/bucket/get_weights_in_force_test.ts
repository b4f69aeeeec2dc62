import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { chooseVariation } from "../../../core/bucket/choose_variation.ts";
import { getWeightsInForce } from "../../../core/bucket/get_weights_in_force.ts";
import type { BucketRange } from "../../../core/types/experiment.ts";
import { malformed } from "../../support/malformed.ts";
import { testLaw } from "../../support/test_law.ts";

const experiment = { key: "cta", variations: ["a", "b"] };

Deno.test("getWeightsInForce() shares equally where nothing is said", () => {
  assertEquals(getWeightsInForce(experiment), {
    weights: [0.5, 0.5],
    coverage: 1,
  });
});

Deno.test("getWeightsInForce() keeps the weights whatever the coverage", () => {
  assertEquals(
    getWeightsInForce({ ...experiment, weights: [0.2, 0.8], coverage: 0.5 }),
    { weights: [0.2, 0.8], coverage: 0.5 },
  );
});

Deno.test("getWeightsInForce() prefers ranges to weights", () => {
  assertEquals(
    getWeightsInForce({
      ...experiment,
      weights: [0.2, 0.8],
      ranges: [[0, 0.1], [0.5, 0.8]],
    }),
    { weights: [0.25, 0.75], coverage: 0.4 },
  );
});

Deno.test("getWeightsInForce() counts what two ranges cover for the earlier", () => {
  assertEquals(
    getWeightsInForce({ ...experiment, ranges: [[0.2, 0.6], [0, 1]] }),
    { weights: [0.4, 0.6], coverage: 1 },
  );
});

Deno.test("getWeightsInForce() counts what several earlier ranges leave of one", () => {
  const variations = ["a", "b", "c"];
  assertEquals(
    getWeightsInForce({
      ...experiment,
      variations,
      ranges: [[0.5, 0.6], [0.1, 0.2], [0, 1]],
    }),
    { weights: [0.1, 0.1, 0.8], coverage: 1 },
  );
  assertEquals(
    getWeightsInForce({
      ...experiment,
      variations,
      ranges: [[0.6, 0.9], [0, 0.3], [0, 0.2]],
    }),
    { weights: [0.5, 0.5, 0], coverage: 0.6 },
  );
});

const arbitraryRange = fc.tuple(
  fc.integer({ min: -10, max: 110 }),
  fc.integer({ min: -10, max: 110 }),
).map(([start, end]): BucketRange => [start / 100, end / 100]);

testLaw(
  "getWeightsInForce() always gives the shares that chooseVariation() does",
  500,
  [fc.array(arbitraryRange, { minLength: 1, maxLength: 12 })],
  (ranges) => {
    const counts = ranges.map(() => 0);
    for (let cell = 0; cell < 100; cell++) {
      const index = chooseVariation((cell + 0.5) / 100, ranges);
      if (index >= 0) counts[index]!++;
    }
    const total = counts.reduce((sum, count) => sum + count, 0);
    const { weights, coverage } = getWeightsInForce({
      key: "cta",
      variations: ranges.map((_, index) => index),
      ranges,
    });
    assertAlmostEquals(coverage, total / 100, 1e-9);
    weights.forEach((weight, index) =>
      assertAlmostEquals(weight, total && counts[index]! / total, 1e-9)
    );
  },
);

// Comparing each with each would take minutes.
Deno.test("getWeightsInForce() bears very many ranges", () => {
  const count = 300_000;
  const ranges = Array.from(
    { length: count },
    (_, index): BucketRange => [index / count, (index + 1) / count],
  );
  const empty = ranges.map((): BucketRange => [1, 1]);
  const { weights, coverage } = getWeightsInForce({ ...experiment, ranges });
  assertEquals(coverage, 1);
  assertAlmostEquals(weights[7]!, 1 / count, 1e-9);
  assertEquals(
    getWeightsInForce({ ...experiment, ranges: empty }).coverage,
    0,
  );
});

Deno.test("getWeightsInForce() cuts ranges to where hashes are", () => {
  assertEquals(
    getWeightsInForce({ ...experiment, ranges: [[-1, 0.5], [0.5, 2]] }),
    { weights: [0.5, 0.5], coverage: 1 },
  );
});

Deno.test("getWeightsInForce() gives no weights where nobody is in", () => {
  for (
    const ranges of [
      [[0, 0], [1, 1]],
      [[0.6, 0.5], [0, 0]],
      [null, ["a", "b"]],
    ]
  ) {
    assertEquals(
      getWeightsInForce({ ...experiment, ranges: ranges as never }),
      { weights: [0, 0], coverage: 0 },
    );
  }
});

Deno.test("getWeightsInForce() takes a range that can't be read for one of nobody", () => {
  const unreadable = { valueOf: 0, toString: 0 };
  assertEquals(
    getWeightsInForce({
      ...experiment,
      ranges: malformed([[unreadable, 1], [0, 0.5]]),
    }),
    { weights: [0, 1], coverage: 0.5 },
  );
});

Deno.test("getWeightsInForce() gives no share to variations that only claim to be many", () => {
  const variations = { length: 4_294_967_295 };
  assertEquals(
    getWeightsInForce(malformed({ key: "claim", variations })),
    { weights: [0], coverage: 0 },
  );
});
