import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  type Context,
  evalFeature,
  type FeatureResult,
  type FeatureRule,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { testRows } from "../../support/test_rows.ts";

/** Evaluates the feature `feature`, whose only rule this is. */
function evaluate(rule: object, context: Context = {}): FeatureResult {
  const rules = [malformed<FeatureRule>(rule)];
  return evalFeature({
    attributes: { id: "7" },
    ...context,
    features: { feature: { defaultValue: "default", rules } },
  }, "feature");
}

const variations = ["a", "b"];

const taken: readonly (readonly [field: string, value: unknown])[] = [
  ["coverage", 0.999],
  ["weights", [0.5, 0.5]],
  ["hashAttribute", "id"],
  ["fallbackAttribute", "device"],
  ["disableStickyBucketing", true],
  ["bucketVersion", 2],
  ["minBucketVersion", 1],
  ["namespace", ["space", 0, 1]],
  ["meta", [{ key: "0" }, { key: "1" }]],
  ["ranges", [[0, 0.5], [0.5, 1]]],
  ["name", "Name"],
  ["phase", "1"],
  ["seed", "seed"],
  ["hashVersion", 2],
  ["filters", [{ seed: "f", ranges: [[0, 1]] }]],
  ["condition", { id: "7" }],
];

testRows("a rule's experiment takes over", taken, ([field, value]) => {
  assertEquals<unknown>(evaluate({ variations, [field]: value }).experiment, {
    key: "feature",
    variations,
    [field]: value,
  });
});

const left: readonly (readonly [field: string, value: unknown])[] = [
  ["id", "rule-1"],
  ["tracks", []],
  ["range", [0, 1]],
  ["parentConditions", []],
  ["contextualBanditRef", "nope"],
  ["status", "draft"],
  ["active", false],
  ["urlPatterns", []],
  ["url", "nowhere"],
  ["groups", ["nobody"]],
  ["include", false],
  ["enabled", false],
  ["changeId", "change"],
  ["unheard", "of"],
];

testRows("a rule's experiment leaves out", left, ([field, value]) => {
  assertEquals(evaluate({ variations, [field]: value }).experiment, {
    key: "feature",
    variations,
  });
});

const falsy: readonly (readonly [field: string, value: unknown])[] = [
  ["weights", null],
  ["hashAttribute", ""],
  ["fallbackAttribute", ""],
  ["disableStickyBucketing", false],
  ["namespace", null],
  ["meta", null],
  ["ranges", null],
  ["name", ""],
  ["phase", 0],
  ["seed", ""],
  ["hashVersion", 0],
  ["filters", null],
  ["condition", null],
  ["bucketVersion", undefined],
  ["minBucketVersion", undefined],
];

testRows(
  "a rule's experiment leaves out, when falsy,",
  falsy,
  ([field, value]) => {
    assertEquals(evaluate({ variations, [field]: value }).experiment, {
      key: "feature",
      variations,
    });
  },
);

const falsyButTaken: readonly (readonly [field: string, value: unknown])[] = [
  ["bucketVersion", 0],
  ["minBucketVersion", 0],
  ["bucketVersion", null],
  ["minBucketVersion", null],
  ["coverage", undefined],
];

for (const [field, value] of falsyButTaken) {
  Deno.test(`a rule's experiment takes over ${field} ${value}`, () => {
    const { experiment } = evaluate({ variations, [field]: value });
    assertEquals<unknown>(experiment, {
      key: "feature",
      variations,
      [field]: value,
    });
  });
}

Deno.test("a rule's experiment takes over coverage 0, which excludes everybody", () => {
  assertEquals(evaluate({ variations, coverage: 0 }).source, "defaultValue");
});

Deno.test("a rule's experiment has the rule's key", () => {
  assertEquals(evaluate({ variations, key: "exp" }).experiment?.key, "exp");
});

Deno.test("a rule's experiment has the feature's key where the rule has none", () => {
  assertEquals(evaluate({ variations }).experiment?.key, "feature");
});

Deno.test("a rule's experiment has the feature's key where the rule's is empty", () => {
  assertEquals(evaluate({ variations, key: "" }).experiment?.key, "feature");
});

Deno.test("a rule's experiment hashes with its key where it has no seed", () => {
  const weights = [0.5, 0.5];
  const keyed = evaluate({ variations, weights, key: "exp" });
  const seeded = evaluate({ variations, weights, seed: "exp" });
  assertEquals(keyed.experimentResult?.bucket, seeded.experimentResult?.bucket);
});

Deno.test("a rule's experiment belongs to the feature", () => {
  const { experimentResult } = evaluate({ variations, key: "exp" });
  assertEquals(experimentResult?.featureId, "feature");
});

Deno.test("a rule's contextual variations beat its variations", () => {
  const rule = {
    contextualVariations: ["c", "d"],
    variations,
    weights: [1, 0],
  };
  const { value, experiment } = evaluate(rule);
  assertEquals([value, experiment?.variations], ["c", ["c", "d"]]);
});

Deno.test("a rule's variations are used where its contextual variations are null", () => {
  const rule = { contextualVariations: null, variations, weights: [1, 0] };
  assertEquals(evaluate(rule).value, "a");
});

Deno.test("a rule's contextual variations need no bandit", () => {
  const rule = { contextualVariations: ["c", "d"], weights: [0, 1] };
  assertEquals(evaluate(rule).value, "d");
});

Deno.test("a rule without variations is skipped", () => {
  assertEquals(evaluate({ coverage: 1 }).source, "defaultValue");
});

Deno.test("a rule with one variation is skipped", () => {
  assertEquals(evaluate({ variations: ["a"] }).source, "defaultValue");
});

const excluded: readonly (readonly [string, object, Context])[] = [
  ["the condition does not hold", { condition: { id: "8" } }, {}],
  ["there is no hash value", {}, { attributes: {} }],
  ["experiments are disabled", {}, { enabled: false }],
  ["the context is in QA mode", {}, { qaMode: true }],
  ["the coverage does not reach", { coverage: 0 }, {}],
  ["the namespace does not", { namespace: ["n", 0, 0] }, {}],
  [
    "a filter does not let through",
    { filters: [{ seed: "f", ranges: [] }] },
    {},
  ],
  ["the hash version is unknown", { hashVersion: 3 }, {}],
  ["the forced variation is out of bounds", {}, {
    forcedVariations: { feature: 2 },
  }],
];

testRows(
  "a rule's experiment gives way to the default where",
  excluded,
  ([, rule, context]) => {
    assertEquals(
      evaluate({ variations, ...rule }, context).source,
      "defaultValue",
    );
  },
);

Deno.test("a rule's experiment gives way to the next rule", () => {
  const rules = [{ variations, coverage: 0 }, { id: "next", force: "x" }];
  const context = { features: { feature: { rules } }, attributes: { id: "7" } };
  assertEquals(evalFeature(context, "feature").ruleId, "next");
});

Deno.test("a rule's experiment can be settled by the context's forced variation", () => {
  const result = evaluate({ variations, key: "exp" }, {
    forcedVariations: { exp: 1 },
  });
  assertEquals([result.value, result.source], ["b", "experiment"]);
  assertEquals(result.experimentResult?.hashUsed, false);
});

Deno.test("a rule's experiment can be settled by the query string", () => {
  const result = evaluate({ variations, key: "exp" }, {
    url: "https://shop.example/?exp=1",
  });
  assertEquals([result.value, result.source], ["b", "experiment"]);
  assertEquals(result.experimentResult?.hashUsed, false);
});

Deno.test("a rule's experiment is reported by the same object each time", () => {
  const features = { feature: { rules: [{ variations }] } };
  const context = { features, attributes: { id: "7" } };
  assertStrictEquals(
    evalFeature(context, "feature").experiment,
    evalFeature(context, "feature").experiment,
  );
});

Deno.test("a rule's experiment is not run where the rule's filters don't let through", () => {
  const rule = { filters: [{ seed: "f", ranges: [] }], variations };
  assertEquals(
    evaluate(rule, { forcedVariations: { feature: 1 } }).source,
    "defaultValue",
  );
});

Deno.test("a rule's condition does not keep a forced variation away", () => {
  const rule = { condition: { never: true }, variations };
  assertEquals(evaluate(rule, { forcedVariations: { feature: 1 } }).value, "b");
});
