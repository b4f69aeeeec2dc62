import { assertEquals } from "@std/assert";
import {
  type Context,
  explainFeature,
  type FeatureDefinitions,
  type FeatureRule,
} from "../../../../mod.ts";
import { tellWhy } from "../../../../adapters/cli/explanation/tell_why.ts";

const rollout = { force: true, seed: "s", hashVersion: 2 };
const cta = { id: "fr_1", key: "cta", variations: ["a", "b"], hashVersion: 2 };
const meta = [{ key: "control" }, { key: "treatment" }];

const rules: readonly (readonly [string, FeatureRule, Context?])[] = [
  ["rule fr_1 forced it", { id: "fr_1", force: 1 }],
  ["rule #1 forced it", { force: 1 }],
  [
    'rule fr_1 forced it: bucket 0.6690 of "id" is at most 0.7000',
    { ...rollout, id: "fr_1", coverage: 0.7 },
  ],
  [
    'rule #1 forced it: bucket 0.6690 of "id" is in 0.5000-1.0000',
    { ...rollout, range: [0.5, 1] },
  ],
  [
    'no rule applied: bucket 0.6690 of "id" is above 0.5000',
    { ...rollout, coverage: 0.5 },
  ],
  [
    'no rule applied: bucket 0.6690 of "id" is outside 0.0000-0.5000',
    { ...rollout, range: [0, 0.5] },
  ],
  ["no rule applied: the coverage is 0", { ...rollout, coverage: 0 }],
  [
    'no rule applied: "company" has no value',
    { ...rollout, coverage: 1, hashAttribute: "company" },
  ],
  [
    "no rule applied: hash version 3 is unknown",
    { ...rollout, coverage: 1, hashVersion: 3 },
  ],
  ['bucket 0.4898 of "id" is in 0.0000-0.5000 of cta', cta],
  [
    'no rule applied: bucket 0.4898 of "id" is outside 0.0000-0.0500, 0.5000-0.5500',
    { ...cta, coverage: 0.1 },
  ],
  [
    'no rule applied: "company" has no value',
    { ...cta, hashAttribute: "company" },
  ],
  [
    'no rule applied: bucket 0.8820 of "id" is outside 0.0000-0.1000 of namespace "pricing"',
    { ...cta, namespace: ["pricing", 0, 0.1] },
  ],
  [
    'no rule applied: bucket 0.6690 of "id" is outside 0.0000-0.1000 of filter "s"',
    { ...cta, filters: [{ seed: "s", ranges: [[0, 0.1]] }] },
  ],
  ['the URL asks for "0" of cta', cta, { url: "https://a.example/?cta=0" }],
  [
    '"treatment" of cta is forced',
    { ...cta, meta },
    { forcedVariations: { cta: 1 } },
  ],
  [
    'a sticky bucket of "id" keeps "control" of cta',
    { ...cta, meta },
    {
      stickyBucketAssignmentDocs: {
        "id||7": {
          attributeName: "id",
          attributeValue: "7",
          assignments: { cta__0: "control" },
        },
      },
    },
  ],
  [
    "no rule applied: an older sticky bucket excludes the user",
    { ...cta, meta, bucketVersion: 2, minBucketVersion: 1 },
    {
      stickyBucketAssignmentDocs: {
        "id||7": {
          attributeName: "id",
          attributeValue: "7",
          assignments: { cta__0: "control" },
        },
      },
    },
  ],
  ["no rule applied: experiments are turned off", cta, { enabled: false }],
  ['no rule applied: it was stopped by "qaMode"', cta, { qaMode: true }],
  ["no rule applied: it has neither a value nor variations", { id: "fr_1" }],
  [
    "no rule applied: its experiment has fewer than two variations",
    { variations: ["a"] },
  ],
  [
    'no rule applied: "control" of cta lets the user go on',
    { ...cta, meta: [{ ...meta[0]!, passthrough: true }, meta[1]!] },
  ],
  [
    "no rule applied: prerequisite parent is 7, not 8",
    { force: 1, parentConditions: [{ id: "parent", condition: { value: 8 } }] },
  ],
  [
    "prerequisite parent is 7, not 8",
    {
      force: 1,
      parentConditions: [
        { id: "parent", condition: { value: 8 }, gate: true },
      ],
    },
  ],
  [
    "prerequisite feature depends on itself, or nests too deep",
    { force: 1, parentConditions: [{ id: "feature", condition: {} }] },
  ],
  ["the value is forced", {}, { forcedFeatureValues: { feature: 1 } }],
];

for (const [phrase, rule, context] of rules) {
  Deno.test(`tellWhy() tells that ${phrase} (${JSON.stringify(rule)})`, () => {
    assertEquals(why({ feature: { rules: [rule] } }, context), phrase);
  });
}

Deno.test("tellWhy() tells the leaf of a contextual bandit", () => {
  const { variations, ...bandit } = cta;
  const rule = {
    ...bandit,
    contextualVariations: variations,
    contextualBanditRef: "cb",
  };
  const contextualBandits = {
    cb: { contexts: [{ leafId: 4, weights: [0.1, 0.9] }] },
  };
  assertEquals(
    why({ feature: { rules: [rule] } }, { contextualBandits }),
    'bucket 0.4898 of "id" is in 0.1000-1.0000 of cta, leaf 4',
  );
});

Deno.test("tellWhy() tells that a feature has no rules", () => {
  assertEquals(why({ feature: { defaultValue: 1 } }), "it has no rules");
});

Deno.test("tellWhy() tells that there is no such feature", () => {
  assertEquals(why({}), "there is no such feature");
});

Deno.test("tellWhy() tells why each of up to three rules did not apply", () => {
  const skipped = [1, 2, 3, 4, 5].map((age) => ({
    condition: { age },
    force: 1,
  }));
  assertEquals(
    why({ feature: { rules: skipped.slice(0, 2) } }),
    "no rule applied: age has no value, not 1; age has no value, not 2",
  );
  assertEquals(
    why({ feature: { rules: skipped } }),
    "no rule applied: age has no value, not 1; age has no value, not 2; " +
      "age has no value, not 3; and 2 more rules",
  );
});

Deno.test("tellWhy() tells the same reason once", () => {
  const rule = { condition: { age: 1 }, force: 1 };
  assertEquals(
    why({ feature: { rules: [rule, rule] } }),
    "no rule applied: age has no value, not 1",
  );
});

Deno.test("tellWhy() tells that a rule is malformed", () => {
  const feature = { rules: [null] } as unknown as FeatureDefinitions[string];
  assertEquals(
    why({ feature }),
    "no rule applied: it is malformed: the rule is not an object",
  );
});

function why(features: FeatureDefinitions, context: Context = {}): string {
  return tellWhy(explainFeature({
    features: { parent: { defaultValue: 7 }, ...features },
    attributes: { id: "7" },
    ...context,
  }, "feature"));
}
