import { assertEquals } from "@std/assert";
import {
  type Context,
  decideFeature,
  evalFeature,
  type FeatureRule,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { testRows } from "../../support/test_rows.ts";

function evaluate(rule: unknown, context: Context = {}) {
  const features = {
    feature: { rules: [malformed<FeatureRule>(rule)] },
    off: { defaultValue: false },
  };
  return evalFeature(
    { attributes: { id: "7" }, features, ...context },
    "feature",
  );
}

testRows("a forcing rule does not apply where its tracks are", [
  ["a number", 5],
  ["a text", "ab"],
  ["an object", {}],
  ["a list of null", [null]],
  ["without a result", [{ experiment: { key: "exp" } }]],
  ["without an experiment", [{ result: {} }]],
], ([, tracks]) => {
  assertEquals(evaluate({ force: 1, tracks }).source, "defaultValue");
});

Deno.test("a parent that is a gate ends a feature before malformed tracks are read", () => {
  const parentConditions = [{
    id: "off",
    condition: { value: true },
    gate: true,
  }];
  assertEquals(
    evaluate({ force: 1, tracks: 5, parentConditions }).source,
    "prerequisite",
  );
});

Deno.test("malformed tracks are not read for who is not included", () => {
  const rule = { force: 1, coverage: 0, tracks: 5 };
  assertEquals(evaluate(rule).source, "defaultValue");
});

Deno.test("a track of other things than an experiment and a result is handed on as it is", () => {
  const features = {
    feature: {
      rules: [malformed<FeatureRule>({
        force: 1,
        tracks: [{ experiment: 5, result: 6 }],
      })],
    },
  };
  assertEquals<unknown>(decideFeature({ features }, "feature").events, [
    { type: "experiment.viewed", experiment: 5, result: 6 },
  ]);
});

testRows("a rule does not apply where its parents are", [
  ["a number", 5],
  ["true", true],
  ["an object", { id: "off" }],
  ["an object with a length", { length: 0 }],
], ([, parentConditions]) => {
  assertEquals(evaluate({ force: 1, parentConditions }).source, "defaultValue");
});

Deno.test("parents in the form of a text are unknown features of which nothing is required", () => {
  assertEquals(evaluate({ force: 1, parentConditions: "ab" }).value, 1);
});
