import { assertEquals, assertStrictEquals } from "@std/assert";
import { getFeatureValue, type JsonValue } from "../../../mod.ts";
import { testRows } from "../../support/test_rows.ts";

const values: readonly (readonly [string, JsonValue])[] = [
  ["a string", "x"],
  ["an empty string", ""],
  ["a number", 5],
  ["0", 0],
  ["true", true],
  ["false", false],
  ["an object", { a: 1 }],
  ["an empty array", []],
];

testRows(
  "getFeatureValue() gives the value that is",
  values,
  ([, defaultValue]) => {
    const context = { features: { feature: { defaultValue } } };
    assertStrictEquals(
      getFeatureValue(context, "feature", "fallback" as JsonValue),
      defaultValue,
    );
  },
);

Deno.test("getFeatureValue() gives the fallback for an unknown feature", () => {
  assertEquals(getFeatureValue({}, "feature", "fallback"), "fallback");
});

Deno.test("getFeatureValue() gives the fallback for a value of null", () => {
  const context = { features: { feature: { defaultValue: null } } };
  assertEquals(getFeatureValue(context, "feature", "fallback"), "fallback");
});

Deno.test("getFeatureValue() gives the fallback where null is forced", () => {
  const context = {
    features: { feature: { defaultValue: "x", rules: [{ force: null }] } },
  };
  assertEquals(getFeatureValue(context, "feature", "fallback"), "fallback");
});

Deno.test("getFeatureValue() gives the fallback behind a closed gate", () => {
  const parentConditions = [{
    id: "p",
    condition: { value: true },
    gate: true,
  }];
  const context = {
    features: { feature: { rules: [{ parentConditions, force: "x" }] } },
  };
  assertEquals(getFeatureValue(context, "feature", "fallback"), "fallback");
});

Deno.test("getFeatureValue() gives the fallback for a feature in a circle", () => {
  const parentConditions = [{ id: "feature", condition: {} }];
  const context = {
    features: { feature: { rules: [{ parentConditions, force: "x" }] } },
  };
  assertEquals(getFeatureValue(context, "feature", "fallback"), "fallback");
});

Deno.test("getFeatureValue() gives a fallback of null and of false as it is", () => {
  assertEquals(getFeatureValue({}, "feature", null), null);
  assertEquals(getFeatureValue({}, "feature", false), false);
});

Deno.test("getFeatureValue() gives the variation of an experiment", () => {
  const features = {
    feature: { rules: [{ variations: ["a", "b"], weights: [0, 1] }] },
  };
  assertEquals(
    getFeatureValue({ features, attributes: { id: "7" } }, "feature", "c"),
    "b",
  );
});
