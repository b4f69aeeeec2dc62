import { assertEquals } from "@std/assert";
import type { ExperimentResult, ExperimentViewed } from "../../../../mod.ts";
import {
  experimentViewedData,
  parseEvent,
} from "../../../../core/events/mod.ts";

function viewed(
  experiment: object,
  result: object,
): ExperimentViewed {
  return {
    type: "experiment.viewed",
    experiment: { key: "cta", variations: ["a", "b"], ...experiment },
    result: {
      key: "1",
      value: "b",
      variationId: 1,
      inExperiment: true,
      hashUsed: true,
      hashAttribute: "id",
      hashValue: "7",
      featureId: null,
      stickyBucketUsed: false,
      ...result,
    } as ExperimentResult,
  };
}

const least = {
  experimentKey: "cta",
  variationId: 1,
  variationKey: "1",
  hashAttribute: "id",
  hashValue: "7",
  featureId: null,
  ruleId: "",
  askedFeatureId: null,
  inExperiment: true,
  stickyBucketUsed: false,
  weights: [0.5, 0.5],
  coverage: 1,
};

Deno.test("experimentViewedData() says no more than there is to say", () => {
  assertEquals(experimentViewedData(viewed({}, {})), least);
});

Deno.test("experimentViewedData() keeps names, the bucket and what was asked", () => {
  const exposure = viewed(
    { name: "Call to action", phase: "2", coverage: 0.5 },
    {
      name: "Order",
      bucket: 0.25,
      passthrough: true,
      leafId: 3,
      banditVersion: 2,
      featureId: "cta",
    },
  );
  const origin = {
    askedFeatureId: "shop",
    ruleId: "r1",
    payloadDigest: "ede6943ac77ee817",
  };
  assertEquals(experimentViewedData(exposure, origin), {
    ...least,
    featureId: "cta",
    askedFeatureId: "shop",
    ruleId: "r1",
    coverage: 0.5,
    experimentName: "Call to action",
    phase: "2",
    variationName: "Order",
    bucket: 0.25,
    passthrough: true,
    leafId: 3,
    banditVersion: 2,
    payloadDigest: "ede6943ac77ee817",
  });
});

Deno.test("experimentViewedData() takes the weights of a bandit's leaf, but not over ranges", () => {
  const result = { variationWeights: [0.9, 0.1] };
  const weights = [0.3, 0.7];
  assertEquals(
    experimentViewedData(viewed({ weights }, result)).weights,
    [0.9, 0.1],
  );
  const ranges = [[0, 0.4], [0.4, 1]];
  assertEquals(
    experimentViewedData(viewed({ weights, ranges }, result)).weights,
    [0.4, 0.6],
  );
});

Deno.test("experimentViewedData() makes an event that can be read, of a malformed definition too", () => {
  const data = experimentViewedData(viewed(
    { key: 7, name: 7, phase: {} },
    { key: { a: 1 }, hashValue: () => 7, bucket: NaN, leafId: 0.5, name: null },
  ));
  assertEquals(data, {
    ...least,
    experimentKey: "7",
    variationKey: '{"a":1}',
    hashValue: null,
  });
  const event = {
    id: "a",
    time: 0,
    type: "experiment.viewed",
    version: 1,
    data,
  };
  assertEquals(parseEvent(event).issue, null);
});

function refuse(): never {
  throw new Error("Nobody may know");
}

Deno.test("experimentViewedData() makes texts of keys and attributes, whatever they are", () => {
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  const rows = [
    [5, "5"],
    [5n, "5"],
    [null, "null"],
    [{ a: 1 }, '{"a":1}'],
    [cycle, "[object Object]"],
    [Object.create(null, { toJSON: { value: refuse } }), ""],
  ] as const;
  for (const [odd, text] of rows) {
    const data = experimentViewedData(
      viewed({ key: odd }, { key: odd, hashAttribute: odd }),
    );
    const { experimentKey, variationKey, hashAttribute } = data;
    assertEquals([experimentKey, variationKey, hashAttribute], [
      ...[text, text, text],
    ]);
    JSON.stringify(data);
  }
});

Deno.test("experimentViewedData() takes a range that can't be read for an empty one", () => {
  const odd = { valueOf: refuse };
  const ranges = [[0, 1], [odd, odd]];
  const { weights } = experimentViewedData(viewed({ ranges }, {}));
  assertEquals(weights, [1, 0]);
});
