import { lintPayload } from "../../../core/lint/mod.ts";
import { assertEquals } from "@std/assert";
import { evalFeature, parsePayload } from "../../../mod.ts";
import { testRows } from "../../support/test_rows.ts";
import { issuesOf } from "../payload/issues_of.ts";

type Row = readonly [
  fact: string,
  features: unknown,
  issues: readonly string[],
];

testRows<Row>("lintPayload() reports of prerequisites", [
  ["nothing where they are there", {
    a: waitFor("b", "c"),
    b: waitFor("c"),
    c: {},
  }, []],
  ["nothing where two have the same", {
    a: waitFor("b", "c"),
    b: waitFor("d"),
    c: waitFor("d"),
    d: {},
  }, []],
  ["one that is missing", { a: waitFor("b") }, [
    "missing-prerequisite /a/rules/0/parentConditions/0/id",
  ]],
  ["one that only an object in general has", { a: waitFor("toString") }, [
    "missing-prerequisite /a/rules/0/parentConditions/0/id",
  ]],
  ["a feature that is its own", { a: waitFor("b", "a"), b: {} }, [
    "cyclic-prerequisite /a/rules/0/parentConditions/1",
  ]],
  ["each feature of a cycle, and none that leads there", {
    a: waitFor("b"),
    b: waitFor("c"),
    c: waitFor("d"),
    d: waitFor("b"),
  }, [
    "cyclic-prerequisite /b/rules/0/parentConditions/0",
    "cyclic-prerequisite /c/rules/0/parentConditions/0",
    "cyclic-prerequisite /d/rules/0/parentConditions/0",
  ]],
  ["a cycle that is closed in a later rule", {
    a: { rules: [...waitFor("b").rules, ...waitFor("b").rules] },
    b: { rules: [{ force: 1, condition: { x: 1 } }, ...waitFor("a").rules] },
  }, [
    "cyclic-prerequisite /a/rules/0/parentConditions/0",
    "cyclic-prerequisite /b/rules/1/parentConditions/0",
  ]],
  ["those of other types", {
    a: {
      rules: [{
        force: 1,
        parentConditions: [null, { id: 5, condition: "a", gate: "yes" }],
      }],
    },
  }, [
    "wrong-type /a/rules/0/parentConditions/0",
    "wrong-type /a/rules/0/parentConditions/1/id",
    "wrong-type /a/rules/0/parentConditions/1/condition",
    "wrong-type /a/rules/0/parentConditions/1/gate",
  ]],
  ["that their conditions look for something else", {
    a: waitFor("b", { condition: { "value.plan": 1, on: true, valued: 1 } }),
    b: {},
  }, [
    "unknown-path /a/rules/0/parentConditions/0/condition/on",
    "unknown-path /a/rules/0/parentConditions/0/condition/valued",
  ]],
  ["what is wrong with their conditions", {
    a: waitFor("b", { condition: { value: { $is: 1 } } }),
    b: {},
  }, [
    "unknown-operator /a/rules/0/parentConditions/0/condition/value/$is",
  ]],
  ["nothing where a value that is missing would do", {
    a: waitFor("b", { condition: { value: { $lt: 5 } } }),
    b: {},
  }, []],
], ([, features, issues]) => assertEquals(issuesOf(features), issues));

Deno.test("lintPayload() does not look for prerequisites that are encrypted", () => {
  const answer = { features: { a: waitFor("b") }, encryptedFeatures: "a.b" };
  assertEquals(issuesOf(answer), ["encrypted /encryptedFeatures"]);
});

Deno.test("lintPayload() reports prerequisites of auto experiments that are missing", () => {
  const experiment = {
    key: "e",
    variations: [{}, { css: "a" }],
    parentConditions: [{ id: "a", condition: {} }, { id: "b", condition: {} }],
  };
  assertEquals(issuesOf({ features: { a: {} }, experiments: [experiment] }), [
    "missing-prerequisite /experiments/0/parentConditions/1/id",
  ]);
});

Deno.test("lintPayload() reports chains of prerequisites that evaluation gives up on", () => {
  for (const length of [255, 256, 257, 258, 400]) {
    const features: Record<string, unknown> = { [`f${length}`]: {} };
    for (let index = 0; index < length; index++) {
      features[`f${index}`] = waitFor(`f${index + 1}`);
    }
    const input = features;
    const { payload } = parsePayload(input);
    const issues = lintPayload(input);
    const { source } = evalFeature(payload, "f0");
    const isTooLong = source === "cyclicPrerequisite";
    assertEquals(
      issues.map(({ code, path }) => `${code} ${path}`),
      isTooLong
        ? [
          `prerequisite-too-deep /f${length - 257}/rules/0/parentConditions/0`,
        ]
        : [],
    );
  }
});

Deno.test("lintPayload() finds cycles in a chain of 100,000 prerequisites", () => {
  const length = 100_000;
  const features: Record<string, unknown> = {};
  for (let index = 0; index < length; index++) {
    features[`f${index}`] = waitFor(`f${(index + 1) % length}`);
  }
  const issues = lintPayload(features);
  assertEquals(issues.length, 1001);
  assertEquals(issues[0]!.code, "cyclic-prerequisite");
});

function waitFor(
  ...parents: readonly (string | object)[]
): { rules: readonly object[] } {
  const parentConditions = parents
    .filter((parent) => typeof parent === "string")
    .map((id) => ({ id, condition: {}, ...parents.find(isObject) }));
  return { rules: [{ force: 1, condition: { a: 1 }, parentConditions }] };
}

function isObject(parent: string | object): parent is object {
  return typeof parent === "object";
}
