import { assertEquals } from "@std/assert";
import { equalJson } from "../../../../core/lint/experiment/equal_json.ts";
import { startFindings } from "../../../../core/payload/read/findings.ts";
import { startInspection } from "../../../../core/lint/inspection.ts";
import type { JsonValue } from "../../../../mod.ts";
import { testRows } from "../../../support/test_rows.ts";

type Row = readonly [
  fact: string,
  left: JsonValue,
  right: JsonValue,
  expected: boolean,
];

testRows<Row>("equalJson()", [
  ["has equal texts", "a", "a", true],
  ["has other texts differ", "a", "b", false],
  ["has types differ", 1, "1", false],
  ["has equal lists", [1, [2]], [1, [2]], true],
  ["has lists of another length differ", [1], [1, 2], false],
  ["has lists of other elements differ", [1, [2]], [1, [3]], false],
  ["has lists and objects differ", [], {}, false],
  ["has null and objects differ", null, {}, false],
  [
    "minds no order of keys",
    { a: 1, b: { c: 2 } },
    { b: { c: 2 }, a: 1 },
    true,
  ],
  ["has another number of keys differ", { a: 1 }, { a: 1, b: 2 }, false],
  ["has other keys differ", { a: 1 }, { b: 1 }, false],
  ["has inherited names be no keys", { toString: 1 }, { valueOf: 1 }, false],
  ["has other values differ", { a: 1 }, { a: 2 }, false],
], ([, left, right, expected]) => {
  assertEquals(equalJson(inspect(100), left, right), expected);
  assertEquals(equalJson(inspect(100), right, left), expected);
});

Deno.test("equalJson() takes for equal what the allowance doesn't suffice for", () => {
  assertEquals(equalJson(inspect(2), [1, 2], [1, 3]), false);
  assertEquals(equalJson(inspect(1), [1, 2], [1, 3]), true);
  assertEquals(equalJson(inspect(1), { a: 1 }, { a: 2 }), false);
  assertEquals(equalJson(inspect(0), { a: 1 }, { a: 2 }), true);
});

function inspect(allowance: number) {
  const nothing = { features: {}, savedGroups: {}, contextualBandits: {} };
  return { ...startInspection(startFindings(), nothing), allowance };
}
