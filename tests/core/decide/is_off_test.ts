import { assertEquals } from "@std/assert";
import { isOff, type JsonValue } from "../../../mod.ts";
import { testRows } from "../../support/test_rows.ts";

const rows: readonly (readonly [string, JsonValue, boolean])[] = [
  ["false for true", true, false],
  ["false for a string", "off", false],
  ["false for an empty array", [], false],
  ["true for false", false, true],
  ["true for 0", 0, true],
  ["true for an empty string", "", true],
  ["true for null", null, true],
];

testRows("isOff() is", rows, ([, defaultValue, expected]) => {
  assertEquals(
    isOff({ features: { feature: { defaultValue } } }, "feature"),
    expected,
  );
});

Deno.test("isOff() is true for an unknown feature", () => {
  assertEquals(isOff({}, "feature"), true);
});
