import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  evalFeature,
  explainFeature,
  hash,
  inRange,
  type RuleExplanation,
  type SavedGroups,
} from "../../mod.ts";
import { arbitraryContext } from "../arbitraries/context.ts";
import { arbitraryDamagedContext } from "../arbitraries/hostile/damage.ts";
import { arbitraryFeatureKey } from "../arbitraries/names.ts";
import { explainedFeatures } from "../support/evaluation/explained_features.ts";
import { testLaw } from "../support/test_law.ts";

const anyContext = fc.oneof(arbitraryContext, arbitraryDamagedContext);

testLaw(
  "explainFeature() always explains the result that evalFeature() gives",
  1000,
  [anyContext, arbitraryFeatureKey],
  (context, key) => {
    const explanation = explainFeature(context, key);
    assertEquals(explanation.key, key);
    assertEquals(explanation.result, evalFeature(context, key));
    assertEquals(explanation.repeated, false);
  },
);

const levels = 20;

/** Saved groups in a chain, each referring twice to the next: one takes twice as long as the next. */
const arbitraryGroups = fc.array(fc.constantFrom("$or", "$nor", "$or"), {
  minLength: levels,
  maxLength: levels,
}).map((operators) =>
  Object.fromEntries(operators.map((operator, level) => {
    const reference = { $savedGroup: { id: `${level + 1}` } };
    return [`${level}`, {
      type: "condition",
      condition: level === levels - 1
        ? { id: "nobody" }
        : { [operator]: [reference, reference] },
    }];
  })) as SavedGroups
);

/** Rules over such groups, plain and negated, of a feature and of one that waits for it. */
const arbitraryCostlyRules = fc.array(
  fc.record({
    // From 16,000 groups to 131,000, where an evaluation resolves 100,000 at most.
    level: fc.integer({ min: 3, max: 6 }).map(String),
    isNegated: fc.boolean(),
    asks: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
).map((rules) =>
  rules.map(({ level, isNegated, asks }, force) => {
    const condition = { $savedGroup: { id: level } };
    return {
      condition: isNegated ? { $not: condition } : condition,
      force,
      ...(asks
        ? { parentConditions: [{ id: "parent", condition: { value: 0 } }] }
        : {}),
    };
  })
);

testLaw(
  "explainFeature() never changes what an evaluation has left to spend on saved groups",
  100,
  [arbitraryGroups, arbitraryCostlyRules, arbitraryCostlyRules],
  (savedGroups, rules, others) => {
    const parent = {
      rules: others.map(({ condition, force }) => ({ condition, force })),
    };
    const features = { feature: { rules }, parent };
    const context = { attributes: { id: "7" }, features, savedGroups };
    assertEquals(
      explainFeature(context, "feature").result,
      evalFeature(context, "feature"),
    );
  },
);

testLaw(
  "explainFeature() always gives JSON, of JSON",
  1000,
  [arbitraryContext, arbitraryFeatureKey],
  (context, key) => assertJson(explainFeature(context, key), ""),
);

testLaw(
  "explainFeature() never gives what JSON can't be made of, of definitions that are malformed",
  1000,
  [arbitraryDamagedContext, arbitraryFeatureKey],
  (context, key) => {
    const explanation = explainFeature(context, key);
    assertEquals(JSON.parse(JSON.stringify(explanation)).key, key);
  },
);

testLaw(
  "explainFeature() tells of each rule up to the one that gave the value, and why the others didn't",
  1000,
  [anyContext, arbitraryFeatureKey],
  (context, key) => {
    for (const explained of explainedFeatures(explainFeature(context, key))) {
      const { result: { source, ruleId }, rules, repeated } = explained;
      if (repeated) continue;
      rules.forEach((rule, index) => assertTold(rule, index));
      assert(rules.slice(0, -1).every(({ outcome }) => outcome === "skipped"));
      const last = rules.at(-1);
      const applies = source === "force" || source === "experiment";
      if (applies) {
        assertEquals([last?.outcome, last?.ruleId], ["applied", ruleId]);
      } else assert(last?.outcome !== "applied");
    }
  },
);

testLaw(
  "explainFeature() tells the bucket that hash() gives, and in which case it let the user through",
  1000,
  [arbitraryContext, arbitraryFeatureKey],
  (context, key) => {
    const gates = explainedFeatures(explainFeature(context, key))
      .flatMap(({ rules }) => rules.flatMap(({ gates }) => gates));
    for (const { gate, outcome, hashes = [] } of gates) {
      for (const { seed, value, version, bucket } of hashes) {
        if (typeof value !== "string" || value === "") continue;
        assertEquals(bucket, hash(seed, value, version));
      }
      // Of the gates that hash, these let through whose buckets are all in a range.
      if (gate !== "filters" && gate !== "namespace") continue;
      const isIn = hashes.every(({ bucket, ranges }) =>
        bucket !== null && ranges.some((range) => inRange(bucket, range))
      );
      assertEquals(outcome, isIn ? "passed" : "stopped");
    }
  },
);

testLaw(
  "explainFeature() never explains a parent twice, however often it is asked for",
  200,
  [fc.integer({ min: 1, max: 24 }), fc.integer({ min: 2, max: 4 })],
  (levels, width) => {
    const features = Object.fromEntries(
      Array.from({ length: levels + 1 }, (_, level) => {
        const parent = { id: String(level + 1), condition: {} };
        const parentConditions = level === levels
          ? []
          : new Array(width).fill(parent);
        return [String(level), { rules: [{ parentConditions, force: true }] }];
      }),
    );
    const text = JSON.stringify(explainFeature({ features }, "0"));
    // 300 characters for each rule, and for each time that a rule asks for a parent.
    assert(text.length < 300 * (levels + 1) * (width + 1));
  },
);

function assertTold(rule: RuleExplanation, index: number): void {
  const { outcome, reason, gates } = rule;
  assertEquals(rule.index, index);
  assertEquals(reason === null, outcome === "applied");
  assertEquals(rule.message !== undefined, reason === "malformed");
  // Whoever was stopped by a gate never came to the next.
  const stops = gates.filter((gate) => gate.outcome !== "passed");
  assert(stops.length <= 1 && stops.every((gate) => gate === gates.at(-1)));
  const stopped = stops.find((gate) => gate.outcome === "stopped");
  if (stopped !== undefined) assertEquals(stopped.reason, reason);
}

function assertJson(value: unknown, path: string): void {
  if (value === null || ["string", "boolean"].includes(typeof value)) return;
  if (typeof value === "number") {
    return assert(Number.isFinite(value), `${path} is ${value}`);
  }
  assert(typeof value === "object", `${path} is of the type ${typeof value}`);
  const isPlain = Array.isArray(value) ||
    Object.getPrototypeOf(value) === Object.prototype;
  assert(isPlain, `${path} is no plain object`);
  for (const [name, entry] of Object.entries(value)) {
    assertJson(entry, `${path}/${name}`);
  }
}
