import { assertEquals } from "@std/assert";
import { testRows } from "../../support/test_rows.ts";
import { issuesOf, rulePath, withRule } from "../payload/issues_of.ts";

type Row = readonly [fact: string, rule: unknown, issues: readonly string[]];

const variations = [1, 2];

testRows<Row>("lintPayload() reports of a rule", [
  ["nothing where it is as it should be", fullRule(), []],
  ["nothing where optional fields are null", nullRule(), []],
  ["that it is no object", 5, [`wrong-type ${rulePath}`]],
  ["that it is null", null, [`wrong-type ${rulePath}`]],
  [
    "fields of other types",
    {
      id: 1,
      condition: "a",
      parentConditions: {},
      filters: {},
      coverage: "1",
      key: 1,
      weights: {},
      ranges: 1,
      meta: "a",
      namespace: "a",
      hashAttribute: 1,
      fallbackAttribute: 1,
      seed: 1,
      disableStickyBucketing: 1,
      bucketVersion: "1",
      minBucketVersion: "1",
      name: 1,
      phase: 1,
      contextualBanditRef: 1,
      variations: "ab",
    },
    [
      ...["id", "variations", "contextualBanditRef", "key", "condition"],
      ...[
        "parentConditions",
        "filters",
        "coverage",
        "weights",
        "ranges",
        "meta",
      ],
      ...["namespace", "hashAttribute", "fallbackAttribute", "seed"],
      ...[
        "disableStickyBucketing",
        "bucketVersion",
        "minBucketVersion",
        "name",
      ],
      ...["phase"],
    ].map((field) => `wrong-type ${rulePath}/${field}`),
  ],
  ["a coverage that is null, which includes next to nobody", {
    force: 1,
    coverage: null,
  }, [`wrong-type ${rulePath}/coverage`]],
  ["tracks of another type", { force: 1, tracks: {} }, [
    `wrong-type ${rulePath}/tracks`,
  ]],
  ["exposures of another type", { force: 1, tracks: [null, { result: 1 }] }, [
    `wrong-type ${rulePath}/tracks/0`,
    `missing-field ${rulePath}/tracks/1/experiment`,
    `wrong-type ${rulePath}/tracks/1/result`,
  ]],
  ["contextual variations of another type", { contextualVariations: 5 }, [
    `wrong-type ${rulePath}/contextualVariations`,
  ]],
  ["weights that are no numbers", { variations, weights: ["0.5", 0.5] }, [
    `wrong-type ${rulePath}/weights/0`,
  ]],
  ["that there are no weights", { variations, weights: [] }, [
    `weights-count ${rulePath}/weights`,
  ]],
  [
    "nothing where weights sum to 1 but for the arithmetic",
    {
      variations: [1, 2, 3],
      weights: [0.1, 0.2, 0.7],
    },
    [],
  ],
  [
    "nothing where weights are thirds",
    {
      variations: [1, 2, 3],
      weights: [0.3334, 0.3333, 0.3333],
    },
    [],
  ],
  ["a coverage below 0", { force: 1, coverage: -0.1 }, [
    `coverage-out-of-bounds ${rulePath}/coverage`,
  ]],
  ["nothing of a coverage at its bounds", { force: 1, coverage: 0 }, []],
  ["a range that is no array", { force: 1, range: "all" }, [
    `wrong-type ${rulePath}/range`,
  ]],
  ["a range of one number", { force: 1, range: [0] }, [
    `wrong-type ${rulePath}/range`,
  ]],
  ["a range of texts", { force: 1, range: ["0", "1"] }, [
    `wrong-type ${rulePath}/range/0`,
    `wrong-type ${rulePath}/range/1`,
  ]],
  ["a range that is the wrong way round", { force: 1, range: [0.6, 0.4] }, [
    `range-out-of-bounds ${rulePath}/range`,
  ]],
  ["ranges that are wrong one by one", {
    variations,
    ranges: [[0, 2], null],
  }, [
    `range-out-of-bounds ${rulePath}/ranges/0`,
    `wrong-type ${rulePath}/ranges/1`,
  ]],
  ["that a range lies in another", {
    variations: [1, 2, 3],
    ranges: [[0, 1], [0.1, 0.2], [0.3, 0.4]],
  }, [
    `ranges-overlap ${rulePath}/ranges/1`,
    `ranges-overlap ${rulePath}/ranges/2`,
  ]],
  [
    "nothing of an empty range inside another",
    {
      variations,
      ranges: [[0, 1], [0.5, 0.5]],
    },
    [],
  ],
  ["that there are more ranges than variations", {
    variations,
    ranges: [[0, 0.2], [0.2, 0.4], [0.4, 1]],
  }, [`ranges-count ${rulePath}/ranges`]],
  ["that there is more meta than variations", {
    variations,
    meta: [{}, {}, {}],
  }, [`meta-count ${rulePath}/meta`]],
  ["meta of other types", {
    variations,
    meta: [{ key: 0, name: 1, passthrough: "yes" }, null],
  }, [
    `wrong-type ${rulePath}/meta/0/key`,
    `wrong-type ${rulePath}/meta/0/name`,
    `wrong-type ${rulePath}/meta/0/passthrough`,
    `wrong-type ${rulePath}/meta/1`,
  ]],
  ["a hash version that is a text", { force: 1, hashVersion: "2" }, [
    `unknown-hash-version ${rulePath}/hashVersion`,
  ]],
  ["nothing of a hash version of 0", { force: 1, hashVersion: 0 }, []],
  ["a namespace without bounds", { variations, namespace: ["n"] }, [
    `wrong-type ${rulePath}/namespace`,
  ]],
  ["a namespace without a name", { variations, namespace: [1, 0, 1] }, [
    `wrong-type ${rulePath}/namespace`,
  ]],
  ["a namespace that is out of bounds", {
    variations,
    namespace: ["n", 0.5, 1.5],
  }, [`range-out-of-bounds ${rulePath}/namespace`]],
  ["a namespace whose bounds are texts", {
    variations,
    namespace: ["n", "0", 1],
  }, [`wrong-type ${rulePath}/namespace/1`]],
  ["filters of other types", {
    force: 1,
    filters: [null, {}, { seed: 1, ranges: [[0, 1]], attribute: 1 }],
  }, [
    `wrong-type ${rulePath}/filters/0`,
    `missing-field ${rulePath}/filters/1/seed`,
    `filter-without-ranges ${rulePath}/filters/1/ranges`,
    `wrong-type ${rulePath}/filters/2/seed`,
    `wrong-type ${rulePath}/filters/2/attribute`,
  ]],
  ["ranges of a filter that are no array", {
    force: 1,
    filters: [{ seed: "s", ranges: "all" }],
  }, [`wrong-type ${rulePath}/filters/0/ranges`]],
  [
    "nothing where ranges of a filter overlap",
    {
      force: 1,
      filters: [{ seed: "s", ranges: [[0, 1], [0, 0.5]] }],
    },
    [],
  ],
  ["the hash version of a filter", {
    force: 1,
    filters: [{ seed: "s", ranges: [[0, 1]], hashVersion: 9 }],
  }, [`unknown-hash-version ${rulePath}/filters/0/hashVersion`]],
  ["that it has neither a value nor variations", {}, [`no-effect ${rulePath}`]],
  ["nothing where it is only there as a gate", {
    parentConditions: [{ id: "f", condition: { value: 1 }, gate: true }],
  }, [`cyclic-prerequisite ${rulePath}/parentConditions/0`]],
  ["that it has no variations to choose from", { variations: [] }, [
    `too-few-variations ${rulePath}/variations`,
  ]],
  [
    "contextual variations in place of plain ones",
    {
      variations,
      contextualVariations: [1],
    },
    [`too-few-variations ${rulePath}/contextualVariations`],
  ],
], ([, rule, issues]) => assertEquals(issuesOf(withRule(rule)), issues));

Deno.test("lintPayload() reports rules that are no array", () => {
  assertEquals(issuesOf({ f: { rules: {} } }), ["wrong-type /f/rules"]);
});

type RulesRow = readonly [
  fact: string,
  rules: readonly unknown[],
  unreachable: number | null,
];

testRows<RulesRow>("lintPayload() finds rules out of reach", [
  ["after a value for everyone", [{ force: 1 }, { force: 2 }], 1],
  ["and names the first", [{ force: 1 }, { force: 2 }, { force: 3 }], 1],
  ["after null for everyone", [{ force: null }, { force: 2 }], 1],
  ["after an empty condition", [{ force: 1, condition: {} }, { force: 2 }], 1],
  ["after empty lists", [
    { force: 1, parentConditions: [], filters: [] },
    { force: 2 },
  ], 1],
  ["but not after a condition", [
    { force: 1, condition: { a: 1 } },
    { force: 2 },
  ], null],
  ["but not after a rollout", [{ force: 1, coverage: 1 }, { force: 2 }], null],
  ["but not after a range", [{ force: 1, range: [0, 1] }, { force: 2 }], null],
  ["but not after an experiment", [{ variations }, { force: 2 }], null],
  ["but not after a filter", [
    { force: 1, filters: [{ seed: "s", ranges: [[0, 1]] }] },
    { force: 2 },
  ], null],
  ["but not where the last is for everyone", [
    { force: 1, condition: { a: 1 } },
    { force: 2 },
  ], null],
], ([, rules, unreachable]) => {
  const expected = unreachable === null
    ? []
    : [`unreachable-rule /f/rules/${unreachable}`];
  assertEquals(issuesOf({ f: { rules } }), expected);
});

Deno.test("lintPayload() compares the variations of experiments of one key", () => {
  const run = { variations: [{ a: 1, b: [2] }, null] };
  const same = { variations: [{ b: [2], a: 1 }, null] };
  const other = { variations: [{ a: 1, b: [3] }, null] };
  const features = {
    a: { rules: [{ ...run, key: "e" }] },
    b: { rules: [{ ...same, key: "e" }, { ...other, key: "e" }] },
    // The feature's key is the experiment's where that has none.
    c: { rules: [run, other] },
    e: { rules: [other] },
  };
  assertEquals(issuesOf(features), [
    "duplicate-experiment-key /b/rules/1",
    "duplicate-experiment-key /c/rules/1",
    "duplicate-experiment-key /e/rules/0",
  ]);
});

Deno.test("lintPayload() compares auto experiments with those of rules", () => {
  const run = { key: "e", variations: [{}, { css: "a" }] };
  const auto = { key: "e", variations: [{}, { css: "b" }] };
  assertEquals(
    issuesOf({ features: { f: { rules: [run] } }, experiments: [run, auto] }),
    ["duplicate-experiment-key /experiments/1"],
  );
});

function fullRule(): object {
  return {
    id: "r",
    condition: { country: "fr" },
    parentConditions: [],
    filters: [{
      seed: "s",
      ranges: [[0, 0.5]],
      attribute: "id",
      hashVersion: 2,
    }],
    coverage: 1,
    variations,
    key: "e",
    weights: [0.5, 0.5],
    ranges: [[0, 0.5], [0.5, 1]],
    meta: [{ key: "0", name: "Control" }, { key: "1", passthrough: true }],
    namespace: ["n", 0, 1],
    hashAttribute: "id",
    fallbackAttribute: "anonymousId",
    hashVersion: 2,
    seed: "s",
    disableStickyBucketing: false,
    bucketVersion: 1,
    minBucketVersion: 0,
    name: "Experiment",
    phase: "0",
    somethingNew: 5,
  };
}

function nullRule(): object {
  const names = Object.keys(fullRule())
    .filter((name) => !/overage|ucketVersion|variations/.test(name));
  const nulls = Object.fromEntries(names.map((name) => [name, null]));
  return { ...nulls, contextualVariations: null, variations };
}
