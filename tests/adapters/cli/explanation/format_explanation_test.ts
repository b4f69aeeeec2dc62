import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import {
  type Context,
  explainFeature,
  type FeatureDefinitions,
} from "../../../../mod.ts";
import { formatExplanation } from "../../../../adapters/cli/explanation/format_explanation.ts";
import { deepFreeze } from "../../../support/deep_freeze.ts";
import { runs } from "../../../support/runs.ts";

Deno.test("formatExplanation() tells a feature without rules", () => {
  assertEquals(
    explain({ feature: { defaultValue: "a" } }),
    'feature: "a"\n  defaultValue: it has no rules',
  );
});

Deno.test("formatExplanation() tells where a condition failed", () => {
  const condition = { $or: [{ country: "fr" }, { "plan.seats": { $gte: 5 } }] };
  assertEquals(
    explain({ feature: { rules: [{ id: "fr_1", condition, force: 1 }] } }),
    `feature: null
  defaultValue: no rule applied: no alternative holds (country is "de", not "fr"; plan.seats has no value, not at least 5)
  rule fr_1 skipped (condition): no alternative holds (country is "de", not "fr"; plan.seats has no value, not at least 5)
    stopped  condition
      $or: expected [{"country":"fr"},{"plan.seats":{"$gte":5}}]
        country equals: expected "fr", found "de"
        plan.seats $gte: expected 5, found null`,
  );
});

Deno.test("formatExplanation() tells the bucket, the ranges and the variation", () => {
  const rule = {
    key: "cta",
    variations: ["a", "b"],
    hashVersion: 2,
    meta: [{ key: "control", name: "Control" }, { key: "treatment" }],
  };
  assertEquals(
    explain({ feature: { rules: [rule] } }),
    `feature: "a"
  experiment: bucket 0.4898 of "id" is in 0.0000-0.5000 of cta
  rule #1 (experiment cta) applied: bucket 0.4898 of "id" is in 0.0000-0.5000 of cta
    passed   enabled, queryString, forcedVariation, hashValue, stickyBucket, bucket
      bucket 0.4898: hash of id "7" with seed "cta", version 2
        0: 0.0000-0.5000 <-
        1: 0.5000-1.0000
      variation 0
    passed   stickyVersion, coverage, qaMode
    result   variation 0, key "control", name "Control"`,
  );
});

Deno.test("formatExplanation() tells the coverage of a rollout", () => {
  const rule = { force: 1, coverage: 0.1, seed: "s", hashVersion: 2 };
  assertStringIncludes(
    explain({ feature: { rules: [rule] } }),
    `
    stopped  rollout
      bucket 0.6690: hash of id "7" with seed "s", version 2
        coverage 0.1000`,
  );
});

Deno.test("formatExplanation() explains parents inside of the gate that asked", () => {
  const parent = {
    rules: [{ id: "fr_p", condition: { country: "de" }, force: 2 }],
  };
  const condition = { value: 3 };
  const parentConditions = [{ id: "parent", condition, gate: true }];
  assertEquals(
    explain({ parent, feature: { rules: [{ parentConditions, force: 1 }] } }),
    `feature: null
  prerequisite: prerequisite parent is 2, not 3
  rule #1 ended (prerequisiteGate): prerequisite parent is 2, not 3
    stopped  prerequisites
      prerequisite parent (gate): failed
        value equals: expected 3, found 2
        parent: 2
          force: rule fr_p forced it
          rule fr_p applied: rule fr_p forced it
            passed   condition`,
  );
});

Deno.test("formatExplanation() explains a parent once", () => {
  const parentConditions = [
    { id: "parent", condition: { value: 2 } },
    { id: "parent", condition: { value: { $gt: 1 } } },
  ];
  const features = {
    parent: {
      defaultValue: 2,
      rules: [{ id: "fr_p", condition: { a: 1 }, force: 3 }],
    },
    feature: { rules: [{ parentConditions, force: 1 }] },
  };
  assertStringIncludes(
    explain(features),
    `
      prerequisite parent: passed
        parent: 2
          defaultValue: no rule applied: a has no value, not 1
          rule fr_p skipped (condition): a has no value, not 1
            stopped  condition
              a equals: expected 1, found null
      prerequisite parent: passed
        parent: 2 (explained above)`,
  );
});

Deno.test("formatExplanation() tells the variation that was forced", () => {
  const rule = { key: "cta", variations: ["a", "b"] };
  assertStringIncludes(
    explain({ feature: { rules: [rule] } }, { forcedVariations: { cta: 1 } }),
    "    decided  forcedVariation\n      variation 1\n",
  );
});

Deno.test("formatExplanation() tells the leaf and the weights of a bandit", () => {
  const rule = { contextualVariations: ["a", "b"], contextualBanditRef: "cb" };
  const contextualBandits = {
    cb: { contexts: [{ leafId: 4, weights: [0, 1] }] },
  };
  assertStringIncludes(
    explain({ feature: { rules: [rule] } }, { contextualBandits }),
    '    result   variation 1, key "1", leaf 4, weights [0,1]',
  );
});

Deno.test("formatExplanation() tells what a stopped gate expected", () => {
  const rule = { variations: ["a", "b"], hashAttribute: "company" };
  assertStringIncludes(
    explain({ feature: { rules: [rule] } }),
    '    stopped  hashValue\n      expected "company"',
  );
});

Deno.test("formatExplanation() tells what is wrong with a malformed rule", () => {
  const rules = [null] as unknown as FeatureDefinitions[string]["rules"] & [];
  assertStringIncludes(
    explain({ feature: { rules } }),
    "rule #1 skipped (malformed): it is malformed: the rule is not an object",
  );
});

Deno.test("formatExplanation() never lets a payload command the terminal", () => {
  const text = fc.string({ unit: "binary" }).map((tail) =>
    `\x1b[2J\r\n${tail}`
  );
  fc.assert(
    fc.property(text, fc.json(), (text, json) => {
      const features = {
        feature: {
          defaultValue: { [text]: text },
          rules: [
            { id: text, condition: { [text]: { [text]: text } }, force: text },
            { id: text, condition: { $savedGroup: { id: text } }, force: text },
            {
              id: text,
              parentConditions: [{ id: text, condition: { value: text } }],
              force: text,
            },
            { id: text, filters: [{ seed: text, ranges: [] }], force: text },
            { id: text, force: text, coverage: 0.5, hashAttribute: text },
            {
              id: text,
              key: text,
              variations: [text, text],
              weights: JSON.parse(json),
              ranges: [[text, text]],
              meta: [{ key: text, name: text }, { key: text, name: text }],
            },
          ],
        },
      } as unknown as FeatureDefinitions;
      const written = explain(features, {
        attributes: { [text]: text, id: text },
      });
      for (const line of written.split("\n")) {
        assertFalse(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(line));
      }
    }),
    runs(100),
  );
});

function explain(features: FeatureDefinitions, context: Context = {}): string {
  const explanation = explainFeature({
    features,
    attributes: { id: "7", country: "de" },
    ...context,
  }, "feature");
  return formatExplanation(deepFreeze(explanation));
}
