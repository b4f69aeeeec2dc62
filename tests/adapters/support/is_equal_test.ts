import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { isEqual } from "../../../adapters/support/is_equal.ts";
import { testLaw } from "../../support/test_law.ts";

Deno.test("isEqual() compares by content, whatever the order of keys", () => {
  assertEquals(
    isEqual({ a: [1, { b: 2 }], c: NaN }, { c: NaN, a: [1, { b: 2 }] }),
    true,
  );
  assertEquals(isEqual({ a: 1 }, { a: 1, b: undefined }), false);
  assertEquals(isEqual([1, 2], [1]), false);
  assertEquals(isEqual([], {}), false);
  assertEquals(isEqual(null, {}), false);
});

Deno.test("isEqual() takes functions and objects of a class for equal only to themselves", () => {
  const date = new Date(0);
  assertEquals(isEqual(date, date), true);
  assertEquals(isEqual(date, new Date(0)), false);
  assertEquals(isEqual(() => 1, () => 1), false);
});

Deno.test("isEqual() looks at own properties only", () => {
  assertEquals(isEqual(JSON.parse('{"toString":1}'), { a: 1 }), false);
  assertEquals(isEqual({ a: 1 }, JSON.parse('{"__proto__":1}')), false);
});

Deno.test("isEqual() answers false for values that contain themselves", () => {
  const circle = () => {
    const value: Record<string, unknown> = {};
    value["self"] = value;
    return value;
  };
  assertEquals(isEqual(circle(), circle()), false);
});

testLaw(
  "isEqual() holds of a value and its copy",
  200,
  [fc.jsonValue()],
  (value) => {
    assertEquals(isEqual(value, structuredClone(value)), true);
  },
);

testLaw(
  "isEqual() agrees with JSON text where keys are in order",
  200,
  [fc.jsonValue(), fc.jsonValue()],
  (left, right) => {
    const same = JSON.stringify(left) === JSON.stringify(right);
    if (same && !JSON.stringify(left).includes("0")) {
      assertEquals(isEqual(left, right), true);
    }
    assertEquals(isEqual(left, right), isEqual(right, left));
  },
);
