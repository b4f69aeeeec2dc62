import { assertEquals } from "@std/assert";
import { isOn, type JsonValue } from "../../../mod.ts";
import { testRows } from "../../support/test_rows.ts";

const rows: readonly (readonly [string, JsonValue, boolean])[] = [
  ["true for true", true, true],
  ["true for a string", "off", true],
  ["true for a number", 1, true],
  ["true for an empty object", {}, true],
  ["false for false", false, false],
  ["false for 0", 0, false],
  ["false for an empty string", "", false],
  ["false for null", null, false],
];

testRows("isOn() is", rows, ([, defaultValue, expected]) => {
  assertEquals(
    isOn({ features: { feature: { defaultValue } } }, "feature"),
    expected,
  );
});

Deno.test("isOn() is false for an unknown feature", () => {
  assertEquals(isOn({}, "feature"), false);
});

Deno.test("isOn() goes by the rules", () => {
  const features = {
    feature: {
      defaultValue: false,
      rules: [{ condition: { id: "7" }, force: true }],
    },
  };
  assertEquals(isOn({ features, attributes: { id: "7" } }, "feature"), true);
  assertEquals(isOn({ features, attributes: { id: "8" } }, "feature"), false);
});
