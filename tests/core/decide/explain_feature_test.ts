import { assertEquals } from "@std/assert";
import {
  type Condition,
  evalFeature,
  explainFeature,
  type FeatureRule,
  type GateExplanation,
  type GateName,
  gateNames,
  type HashDetail,
  type ParentCondition,
  type SavedGroups,
  skipReasons,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import {
  richContext,
  richFeatureKeys,
} from "../../support/evaluation/rich_context.ts";
import { referenceHash } from "../../support/evaluation/reference_hash.ts";
import { testRows } from "../../support/test_rows.ts";

const attributes = { id: "7", country: "fr" };

/** Explains the feature `feature`, whose rules these are. */
function explain(...rules: readonly FeatureRule[]) {
  return explainFeature(
    { attributes, features: { feature: { rules } } },
    "feature",
  );
}

Deno.test("explainFeature() gives the result of evalFeature()", () => {
  for (const key of richFeatureKeys) {
    assertEquals(
      explainFeature(richContext(), key).result,
      evalFeature(richContext(), key),
    );
  }
});

Deno.test("explainFeature() gives no rule of an unknown feature", () => {
  const { key, rules, repeated } = explainFeature({}, "feature");
  assertEquals([key, rules, repeated], ["feature", [], false]);
});

Deno.test("explainFeature() gives each rule that was tried, in order, and none behind the one that applied", () => {
  const { rules } = explain(
    { id: "a", condition: { country: "be" }, force: 1 },
    { id: "b", force: 2 },
    { id: "c", force: 3 },
  );
  assertEquals(
    rules.map((
      { index, ruleId, outcome, reason },
    ) => [index, ruleId, outcome, reason]),
    [[0, "a", "skipped", "condition"], [1, "b", "applied", null]],
  );
});

Deno.test("explainFeature() tells which operator of a condition failed, and what it saw", () => {
  const { rules } = explain({
    condition: { id: "7", country: { $in: ["be", "nl"] } },
    force: 1,
  });
  assertEquals(rules[0]?.gates.at(-1)?.failure, {
    path: "country",
    operator: "$in",
    expected: ["be", "nl"],
    actual: "fr",
  });
});

Deno.test("explainFeature() tells the bucket of a rollout", () => {
  const { rules } = explain({ coverage: 0.1, force: 1 });
  assertEquals(rules[0]?.gates.at(-1)?.hashes, [{
    attribute: "id",
    value: "7",
    seed: "feature",
    version: 1,
    bucket: 0.6,
    ranges: [],
    coverage: 0.1,
  }]);
});

type HashRow = readonly [
  fact: string,
  rule: FeatureRule,
  gate: GateName,
  expected: HashDetail,
];

const user7 = { attribute: "id", value: "7" };

const hashRows: readonly HashRow[] = [
  [
    "of a rollout with a range",
    { range: [0, 0.1], seed: "s", hashVersion: 2, force: 1 },
    "rollout",
    {
      ...user7,
      seed: "s",
      version: 2,
      bucket: referenceHash("s", "7", 2),
      ranges: [[0, 0.1]],
    },
  ],
  [
    "of a rollout of nobody, though it is not needed",
    { coverage: 0, force: 1 },
    "rollout",
    {
      ...user7,
      seed: "feature",
      version: 1,
      bucket: referenceHash("feature", "7", 1),
      ranges: [],
      coverage: 0,
    },
  ],
  [
    "of a filter",
    { filters: [{ seed: "f", ranges: [[0, 0]] }], force: 1 },
    "filters",
    {
      ...user7,
      seed: "f",
      version: 2,
      bucket: referenceHash("f", "7", 2),
      ranges: [[0, 0]],
    },
  ],
  [
    "of a namespace",
    { namespace: ["space", 0.25, 0.25], variations: [1, 2] },
    "namespace",
    {
      ...user7,
      seed: "__space",
      version: 1,
      bucket: referenceHash("__space", "7", 1),
      ranges: [[0.25, 0.25]],
    },
  ],
  [
    "of an experiment",
    { key: "exp", variations: [1, 2], weights: [0.25, 0.75] },
    "bucket",
    {
      ...user7,
      seed: "exp",
      version: 1,
      bucket: referenceHash("exp", "7", 1),
      ranges: [[0, 0.25], [0.25, 1]],
    },
  ],
];

testRows(
  "explainFeature() tells the hash",
  hashRows,
  ([, rule, gate, expected]) => {
    const gates = explain(rule).rules[0]?.gates;
    assertEquals(gates?.find((each) => each.gate === gate)?.hashes, [expected]);
  },
);

Deno.test("explainFeature() explains parents where they are asked for, and once", () => {
  const parentConditions = [{ id: "p", condition: { value: true } }];
  const { rules } = explainFeature({
    features: {
      feature: {
        rules: [{ parentConditions, force: 1 }, { parentConditions, force: 2 }],
      },
      p: { rules: [{ force: false }] },
    },
  }, "feature");
  assertEquals(
    rules.map(({ gates }) =>
      gates[0]?.prerequisites?.map((
        { id, passed, feature },
      ) => [id, passed, feature.repeated])
    ),
    [[["p", false, false]], [["p", false, true]]],
  );
});

type Row = readonly [reason: string, rule: FeatureRule, outcome: string];

const rows: readonly Row[] = [
  ["condition", { condition: { country: "be" }, force: 1 }, "skipped"],
  ["coverage", { coverage: 0, force: 1 }, "skipped"],
  ["noHashValue", { coverage: 1, hashAttribute: "none", force: 1 }, "skipped"],
  ["unknownHashVersion", { coverage: 1, hashVersion: 3, force: 1 }, "skipped"],
  ["filter", { filters: [{ seed: "f", ranges: [] }], force: 1 }, "skipped"],
  ["noVariations", {}, "skipped"],
  ["tooFewVariations", { variations: [1] }, "skipped"],
  ["namespace", { variations: [1, 2], namespace: ["n", 0, 0] }, "skipped"],
  ["variationOutOfRange", {
    variations: [1, 2],
    ranges: [[0, 0], [0, 0], [0, 1]],
  }, "skipped"],
  ["passthrough", {
    variations: [1, 2],
    meta: [{ passthrough: true }, { passthrough: true }],
  }, "skipped"],
  ["prerequisite", {
    parentConditions: [{ id: "p", condition: { value: 1 } }],
    force: 1,
  }, "skipped"],
  ["prerequisiteGate", {
    parentConditions: [{ id: "p", condition: { value: 1 }, gate: true }],
    force: 1,
  }, "ended"],
  ["cyclicPrerequisite", {
    parentConditions: [{ id: "feature", condition: {} }],
    force: 1,
  }, "ended"],
  [
    "malformed",
    malformed<FeatureRule>({ condition: { $or: null }, force: 1 }),
    "skipped",
  ],
];

testRows(
  "explainFeature() gives the reason",
  rows,
  ([reason, rule, outcome]) => {
    const [explained] = explain(rule).rules;
    assertEquals<unknown>([explained?.reason, explained?.outcome], [
      reason,
      outcome,
    ]);
  },
);

Deno.test("explainFeature() keeps what it found out of parents before one that is malformed", () => {
  const parentConditions = [
    { id: "parent", condition: {} },
    malformed<ParentCondition>(null),
  ];
  const [explained] = explain({ parentConditions, force: 1 }).rules;
  const [{ gate, outcome, reason, prerequisites }] = explained!.gates as [
    GateExplanation,
  ];
  assertEquals([gate, outcome, reason], [
    "prerequisites",
    "stopped",
    "malformed",
  ]);
  assertEquals(prerequisites?.map(({ id, passed }) => [id, passed]), [
    ["parent", true],
  ]);
});

Deno.test("explainFeature() says why a condition can't be evaluated to its end", () => {
  let condition: Condition = {};
  for (let level = 0; level < 300; level++) condition = { $not: condition };
  const [explained] = explain({ condition, force: 1 }).rules;
  assertEquals(explained!.gates[0]!.failure, {
    path: "",
    operator: "$and",
    expected: condition,
    actual: "the condition nests too deep",
  });
});

Deno.test("explainFeature() gives plain data, with names from closed sets", () => {
  for (const key of richFeatureKeys) {
    const explanation = explainFeature(richContext(), key);
    assertEquals(
      JSON.parse(JSON.stringify(explanation)),
      structuredClone(explanation),
    );
    for (const { gates, reason } of explanation.rules) {
      assertEquals(reason === null || skipReasons.includes(reason), true);
      assertEquals(gates.every(({ gate }) => gateNames.includes(gate)), true);
    }
  }
});

/** Saved groups in a chain, each referring twice to the next, so that resolving the first takes 2^n. */
function doublingGroups(levels: number): SavedGroups {
  const reference = (level: number) => ({ $savedGroup: { id: `${level}` } });
  return Object.fromEntries(
    Array.from({ length: levels }, (_, level) => [`${level}`, {
      type: "condition",
      condition: level === levels - 1
        ? { id: "nobody" }
        : { $or: [reference(level + 1), reference(level + 1)] },
    }]),
  );
}

Deno.test("explainFeature() spends nothing of what an evaluation may spend on saved groups", () => {
  // The second rule has enough left only where the explanation of the first took nothing of it.
  const condition = { $not: { $savedGroup: { id: "0" } } };
  const features = {
    feature: {
      defaultValue: "default",
      rules: [
        { condition: { $savedGroup: { id: "0" } }, force: "first" },
        { condition, force: "second" },
      ],
    },
  };
  const context = { attributes, features, savedGroups: doublingGroups(15) };
  const result = evalFeature(context, "feature");
  assertEquals(result.value, "second");
  assertEquals(explainFeature(context, "feature").result, result);
});

Deno.test("explainFeature() gives coverage as the reason where a range excludes", () => {
  const [rule] = explain({ range: [0, 0], force: 1 }).rules;
  assertEquals(rule?.reason, "coverage");
});

testRows(
  "explainFeature() tells that",
  [
    ["the rule is not an object", null],
    ["filters is not an array", { filters: {}, force: 1 }],
    ["parentConditions is not a list", { parentConditions: {}, force: 1 }],
    ["a parent condition is not an object", {
      parentConditions: [null],
      force: 1,
    }],
    ["tracks is not a list of exposures", { tracks: 1, force: 1 }],
    ["variations or weights is not a list", {
      variations: ["a", "b"],
      weights: "ab",
    }],
  ],
  ([message, rule]) => {
    const { rules } = explain(malformed<FeatureRule>(rule));
    assertEquals(rules.map(({ message }) => message), [message]);
  },
);

for (
  const [name, rule] of Object.entries<FeatureRule>({
    "asks for no parent": { parentConditions: [], force: true },
    "has a condition that asks for nothing": { condition: {}, force: true },
    "lets nobody through": { coverage: 0, force: true },
    "lets some through": { coverage: 0.5, force: true },
    "runs an experiment": { variations: [0, 1] },
  })
) {
  Deno.test(`explainFeature() gives what evalFeature() gives where attributes can't be read and a rule ${name}`, () => {
    const attributes = new Proxy({}, {
      getOwnPropertyDescriptor: () => {
        throw new Error("Nobody may know");
      },
    });
    const context = { features: { banner: { rules: [rule] } }, attributes };
    const { result, rules } = explainFeature(context, "banner");
    assertEquals(result, evalFeature(context, "banner"));
    assertEquals(rules.length, 1);
  });
}
