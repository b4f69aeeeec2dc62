import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  type Context,
  evalFeature,
  explainFeature,
  type FeatureDefinition,
  featureSources,
  type JsonValue,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { testRows } from "../../support/test_rows.ts";

/** Evaluates the feature `feature` of a definition. */
function evaluate(definition: FeatureDefinition, context: Context = {}) {
  return evalFeature(
    { ...context, features: { feature: definition } },
    "feature",
  );
}

Deno.test("evalFeature() gives null for an unknown feature", () => {
  assertEquals(evalFeature({ features: {} }, "feature"), {
    value: null,
    on: false,
    off: true,
    source: "unknownFeature",
    ruleId: "",
  });
});

Deno.test("evalFeature() knows no feature without features", () => {
  assertEquals(evalFeature({}, "feature").source, "unknownFeature");
});

Deno.test("evalFeature() gives the default value of a feature without rules", () => {
  assertEquals(evaluate({ defaultValue: "red" }), {
    value: "red",
    on: true,
    off: false,
    source: "defaultValue",
    ruleId: "",
  });
});

Deno.test("evalFeature() gives null where there is no default value", () => {
  assertEquals(evaluate({}), {
    value: null,
    on: false,
    off: true,
    source: "defaultValue",
    ruleId: "",
  });
});

Deno.test("evalFeature() gives the value that a rule forces", () => {
  assertEquals(evaluate({ rules: [{ id: "rule-1", force: "blue" }] }), {
    value: "blue",
    on: true,
    off: false,
    source: "force",
    ruleId: "rule-1",
  });
});

Deno.test("evalFeature() gives the value that the context forces", () => {
  const context = { forcedFeatureValues: { feature: "green" } };
  assertEquals(
    evaluate({ rules: [{ id: "rule-1", force: "blue" }] }, context),
    {
      value: "green",
      on: true,
      off: false,
      source: "override",
      ruleId: "",
    },
  );
});

Deno.test("evalFeature() gives the experiment's value, with the experiment and its result", () => {
  const rule = {
    id: "rule-1",
    key: "exp",
    variations: ["a", "b"],
    weights: [0, 1],
  };
  assertEquals(evaluate({ rules: [rule] }, { attributes: { id: "7" } }), {
    value: "b",
    on: true,
    off: false,
    source: "experiment",
    ruleId: "rule-1",
    experiment: { key: "exp", variations: ["a", "b"], weights: [0, 1] },
    experimentResult: {
      key: "1",
      featureId: "feature",
      inExperiment: true,
      hashUsed: true,
      variationId: 1,
      value: "b",
      hashAttribute: "id",
      hashValue: "7",
      stickyBucketUsed: false,
      bucket: 0.585,
    },
  });
});

const truthiness: readonly (readonly [string, JsonValue, boolean])[] = [
  ["true", true, true],
  ["a string", "no", true],
  ["a number", -1, true],
  ["an empty array", [], true],
  ["an empty object", {}, true],
  ["false", false, false],
  ["the empty string", "", false],
  ["0", 0, false],
  ["null", null, false],
];

testRows(
  "evalFeature() tells by truthiness whether a default is on:",
  truthiness,
  ([, value, on]) => {
    const result = evaluate({ defaultValue: value });
    assertEquals([result.value, result.on, result.off], [value, on, !on]);
  },
);

testRows(
  "evalFeature() tells by truthiness whether a forced value is on:",
  truthiness,
  ([, value, on]) => {
    const result = evaluate({ rules: [{ force: value }] });
    assertEquals([result.value, result.on, result.off], [value, on, !on]);
  },
);

testRows(
  "evalFeature() tells by truthiness whether an override is on:",
  truthiness,
  ([, value, on]) => {
    const result = evaluate({}, { forcedFeatureValues: { feature: value } });
    assertEquals([result.value, result.on, result.off], [value, on, !on]);
  },
);

testRows(
  "evalFeature() tells by truthiness whether a variation is on:",
  truthiness,
  ([, value, on]) => {
    const result = evaluate(
      { rules: [{ variations: [value, "x"], weights: [1, 0] }] },
      { attributes: { id: "7" } },
    );
    assertEquals([result.value, result.on, result.off], [value, on, !on]);
    assertEquals(result.source, "experiment");
  },
);

Deno.test("evalFeature() forces a value for a feature that is unknown", () => {
  const result = evalFeature({ forcedFeatureValues: { nope: 1 } }, "nope");
  assertEquals([result.value, result.source], [1, "override"]);
});

Deno.test("evalFeature() forces null where the context does", () => {
  const result = evaluate({ defaultValue: 1 }, {
    forcedFeatureValues: { feature: null },
  });
  assertEquals([result.value, result.source], [null, "override"]);
});

Deno.test("evalFeature() forces values for parents too", () => {
  const child = {
    rules: [{
      parentConditions: [{ id: "parent", condition: { value: 2 } }],
      force: "x",
    }],
  };
  const features = { child, parent: { defaultValue: 1 } };
  const result = evalFeature(
    { features, forcedFeatureValues: { parent: 2 } },
    "child",
  );
  assertEquals(result.value, "x");
});

const rulesInOrder:
  readonly (readonly [string, FeatureDefinition, string | null])[] = [
    [
      "the first that applies",
      { rules: [{ force: "a" }, { force: "b" }] },
      "a",
    ],
    ["the next where one is skipped", {
      rules: [{ condition: { x: "y" }, force: "a" }, { force: "b" }],
    }, "b"],
    ["the default where all are skipped", {
      defaultValue: "d",
      rules: [{ condition: { x: "y" }, force: "a" }],
    }, "d"],
    ["the default without rules", { defaultValue: "d", rules: [] }, "d"],
    ["no rule without force and variations", {
      defaultValue: "d",
      rules: [{ id: "empty" }],
    }, "d"],
    ["null where a rule forces null", {
      defaultValue: "d",
      rules: [{ force: null }],
    }, null],
  ];

testRows("evalFeature() gives", rulesInOrder, ([, definition, expected]) => {
  assertEquals(evaluate(definition).value, expected);
});

Deno.test("evalFeature() takes force null as forced", () => {
  assertEquals(
    evaluate({ defaultValue: 1, rules: [{ force: null }] }).source,
    "force",
  );
});

Deno.test("evalFeature() forces a value even where the rule has variations", () => {
  const rule = { force: "a", variations: ["b", "c"] };
  const result = evaluate({ rules: [rule] }, { attributes: { id: "7" } });
  assertEquals([result.value, result.source], ["a", "force"]);
});

Deno.test("evalFeature() gives the rule's id as an empty text where it has none", () => {
  assertEquals(evaluate({ rules: [{ force: 1 }] }).ruleId, "");
});

Deno.test("evalFeature() tests the condition of a forced value", () => {
  const rules = [{ condition: { country: "fr" }, force: "a" }];
  assertEquals(
    evaluate({ rules }, { attributes: { country: "fr" } }).value,
    "a",
  );
  assertEquals(
    evaluate({ rules }, { attributes: { country: "be" } }).value,
    null,
  );
});

Deno.test("evalFeature() tests the condition on overridden attributes", () => {
  const rules = [{ condition: { country: "fr" }, force: "a" }];
  const context = {
    attributes: { country: "be" },
    attributeOverrides: { country: "fr" },
  };
  assertEquals(evaluate({ rules }, context).value, "a");
});

Deno.test("evalFeature() tests conditions with the context's saved groups", () => {
  const rules = [{ condition: { id: { $inGroup: "staff" } }, force: "a" }];
  const context = { attributes: { id: "7" }, savedGroups: { staff: ["7"] } };
  assertEquals(evaluate({ rules }, context).value, "a");
});

Deno.test("evalFeature() sees other saved groups in another context of the same features", () => {
  const features = {
    feature: {
      rules: [{ condition: { id: { $inGroup: "staff" } }, force: "a" }],
    },
  };
  const attributes = { id: "7" };
  const inside = { features, attributes, savedGroups: { staff: ["7"] } };
  const outside = { features, attributes, savedGroups: { staff: ["8"] } };
  assertEquals(evalFeature(inside, "feature").value, "a");
  assertEquals(evalFeature(outside, "feature").value, null);
  assertEquals(evalFeature(inside, "feature").value, "a");
});

Deno.test("evalFeature() tells definitions of one key apart by their features", () => {
  const rules = [{ force: "a" }];
  assertEquals(evaluate({ rules }).value, "a");
  assertEquals(evaluate({ rules: [{ force: "b" }] }).value, "b");
});

Deno.test("evalFeature() hashes a definition under each key that it stands under", () => {
  const definition = { rules: [{ variations: ["a", "b"] }] };
  const features = { one: definition, other: definition };
  const context = { features, attributes: { id: "7" } };
  assertEquals(evalFeature(context, "one").experiment?.key, "one");
  assertEquals(evalFeature(context, "other").experiment?.key, "other");
  assertEquals(evalFeature(context, "one").experimentResult?.featureId, "one");
});

Deno.test("evalFeature() gives values as they are, not copies", () => {
  const value = { deep: ["x"] };
  assertStrictEquals(evaluate({ defaultValue: value }).value, value);
  assertStrictEquals(evaluate({ rules: [{ force: value }] }).value, value);
});

Deno.test("evalFeature() knows seven sources", () => {
  assertEquals(featureSources, [
    "unknownFeature",
    "defaultValue",
    "force",
    "override",
    "experiment",
    "prerequisite",
    "cyclicPrerequisite",
  ]);
});

const malformedRules: readonly (readonly [string, unknown])[] = [
  ["null", null],
  ["a string", "rule"],
  ["a number", 5],
  ["an array", []],
  ["a condition that is malformed", { condition: { $or: null }, force: "x" }],
  ["a condition that is a number", { condition: 5, force: "y", coverage: 0 }],
  ["tracks that can't be read", { force: "x", tracks: [null] }],
  ["parent conditions that hold null", {
    parentConditions: [null],
    force: "x",
  }],
  ["variations that are a number", { variations: 5 }],
  ["meta shorter than the variations", {
    variations: ["a", "b"],
    weights: [0, 1],
    meta: [{ key: "0" }],
  }],
  ["ranges that hold null", { variations: ["a", "b"], ranges: [null, null] }],
  ["a namespace that is a number", { variations: ["a", "b"], namespace: 5 }],
];

const malformedTracks: readonly (readonly [string, unknown])[] = [
  ["a text", "x"],
  ["an object", {}],
  ["an object with a length", { length: 1 }],
  ["a number", 5],
  ["a list with a number", [5]],
  ["a list with an empty track", [{}]],
  ["a list with a track without a result", [{
    experiment: { key: "a" },
    result: null,
  }]],
  ["a list with a track without an experiment", [{
    experiment: null,
    result: {},
  }]],
  ["a list with a good track and one that is none", [{
    experiment: {},
    result: {},
  }, null]],
];

testRows(
  "evalFeature() passes over a rule whose tracks are",
  malformedTracks,
  ([, tracks]) => {
    const definition = malformed<FeatureDefinition>({
      rules: [{ force: "x", tracks }, { force: "next" }],
    });
    assertEquals(evaluate(definition).value, "next");
  },
);

for (const tracks of [null, "", false, 0]) {
  Deno.test(`evalFeature() takes tracks that are ${JSON.stringify(tracks)} as none`, () => {
    const definition = malformed<FeatureDefinition>({
      rules: [{ force: "x", tracks }],
    });
    assertEquals(evaluate(definition).value, "x");
  });
}

testRows(
  "evalFeature() passes over a rule that is or has",
  malformedRules,
  ([, rule]) => {
    const definition = malformed<FeatureDefinition>({
      rules: [rule, { force: "next" }],
    });
    const result = evaluate(definition, { attributes: { id: "7" } });
    assertEquals([result.value, result.source], ["next", "force"]);
  },
);

const malformedFeatures: readonly (readonly [string, unknown, string])[] = [
  [
    "rules that are an object",
    { defaultValue: "d", rules: {} },
    "defaultValue",
  ],
  [
    "rules that are a string",
    { defaultValue: "d", rules: "x" },
    "defaultValue",
  ],
  ["rules that are null", { defaultValue: "d", rules: null }, "defaultValue"],
  ["no definition but null", null, "unknownFeature"],
  ["no definition but false", false, "unknownFeature"],
  ["no definition but 0", 0, "unknownFeature"],
  ["no definition but an empty string", "", "unknownFeature"],
];

testRows(
  "evalFeature() survives a feature with",
  malformedFeatures,
  ([, definition, source]) => {
    assertEquals(evaluate(malformed(definition)).source, source);
  },
);

for (const features of [null, "features", 5, []]) {
  Deno.test(`evalFeature() knows no feature where the features are ${JSON.stringify(features)}`, () => {
    const context = malformed<Context>({ features });
    assertEquals(evalFeature(context, "feature").source, "unknownFeature");
  });
}

Deno.test("evalFeature() and explainFeature() never throw, whatever a context and a key are", () => {
  const fail = () => {
    throw new Error("no");
  };
  const hostile = new Proxy({}, {
    get: fail,
    has: fail,
    ownKeys: fail,
    getOwnPropertyDescriptor: fail,
  });
  const features = { on: { defaultValue: true } };
  const inputs: readonly (readonly [unknown, unknown])[] = [
    [hostile, "on"],
    [{ features: hostile }, "on"],
    [{ features: { on: hostile } }, "on"],
    [{ features, forcedFeatureValues: hostile }, "on"],
    [Object.defineProperty({ features }, "attributes", { get: fail }), "rules"],
    [{ features }, Object.create(null)],
    [{ features }, { toString: fail }],
    [{ features }, hostile],
  ];
  for (const [context, key] of inputs) {
    const given = [context, key] as unknown as Parameters<typeof evalFeature>;
    const { value, source } = evalFeature(...given);
    assertEquals({ value, source }, { value: null, source: "unknownFeature" });
    const { result } = explainFeature(...given);
    assertEquals(result.source, "unknownFeature");
  }
});
