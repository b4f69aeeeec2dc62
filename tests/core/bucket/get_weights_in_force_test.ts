import { assertEquals } from "@std/assert";
import { getWeightsInForce } from "../../../core/bucket/get_weights_in_force.ts";

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
