import { assertEquals } from "@std/assert";
import { testRows } from "../../../support/test_rows.ts";
import { issuesOf, rulePath, withRule } from "../../payload/issues_of.ts";

const leaf = { leafId: 1, condition: { plan: "pro" }, weights: [0.5, 0.5] };

type Row = readonly [
  fact: string,
  contextualBandits: unknown,
  issues: readonly string[],
];

testRows<Row>("lintPayload() reports of contextual bandits", [
  ["nothing where they are in order", {
    b: { banditVersion: 3, contexts: [leaf, { leafId: 2, weights: [1, 0] }] },
  }, []],
  ["that they are no object", ["b"], ["wrong-type /contextualBandits"]],
  ["bandits of another type", { b: 5, c: [] }, [
    "wrong-type /contextualBandits/b",
    "wrong-type /contextualBandits/c",
  ]],
  ["fields of other types", { b: { banditVersion: "1", contexts: {} } }, [
    "wrong-type /contextualBandits/b/banditVersion",
    "wrong-type /contextualBandits/b/contexts",
  ]],
  ["that there are no contexts", { b: {} }, [
    "missing-field /contextualBandits/b/contexts",
  ]],
  ["leaves of other types", {
    b: {
      contexts: [null, {}, { leafId: "1", condition: 5, weights: "even" }],
    },
  }, [
    "wrong-type /contextualBandits/b/contexts/0",
    "missing-field /contextualBandits/b/contexts/1/leafId",
    "missing-field /contextualBandits/b/contexts/1/weights",
    "wrong-type /contextualBandits/b/contexts/2/leafId",
    "wrong-type /contextualBandits/b/contexts/2/condition",
    "wrong-type /contextualBandits/b/contexts/2/weights",
  ]],
  ["weights that are wrong", {
    b: { contexts: [{ ...leaf, weights: [0.5, 0.4] }] },
  }, ["weights-sum /contextualBandits/b/contexts/0/weights"]],
  ["what is wrong with the conditions of leaves", {
    b: { contexts: [{ ...leaf, condition: { plan: { $is: "pro" } } }] },
  }, [
    "unknown-operator /contextualBandits/b/contexts/0/condition/plan/$is",
  ]],
], ([, contextualBandits, issues]) => {
  assertEquals(issuesOf({ features: {}, contextualBandits }), issues);
});

Deno.test("lintPayload() compares a bandit's weights with a rule's variations", () => {
  const rule = {
    contextualVariations: ["a", "b", "c"],
    contextualBanditRef: "b",
  };
  const wide = { ...leaf, weights: [0.5, 0.25, 0.25] };
  const withBandit = (contexts: readonly object[]) =>
    withRule(rule, { contextualBandits: { b: { contexts } } });
  assertEquals(issuesOf(withBandit([wide])), []);
  assertEquals(issuesOf(withBandit([])), []);
  const issues = [`weights-count ${rulePath}/contextualBanditRef`];
  assertEquals(issuesOf(withBandit([leaf])), issues);
  assertEquals(issuesOf(withBandit([wide, leaf])), issues);
  assertEquals(issuesOf(withBandit([leaf, wide])), issues);
});

Deno.test("lintPayload() reports a bandit that is not there", () => {
  const rule = { variations: ["a", "b"], contextualBanditRef: "constructor" };
  const issues = [`unknown-bandit ${rulePath}/contextualBanditRef`];
  assertEquals(issuesOf(withRule(rule)), issues);
  assertEquals(issuesOf(withRule(rule, { contextualBandits: {} })), issues);
});

Deno.test("lintPayload() does not look for bandits that are encrypted", () => {
  const rule = { variations: ["a", "b"], contextualBanditRef: "b" };
  const others = { encryptedContextualBandits: "a.b" };
  assertEquals(issuesOf(withRule(rule, others)), [
    "encrypted /encryptedContextualBandits",
  ]);
});
