import { assertEquals } from "@std/assert";
import { getEqualWeights } from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { testRows } from "../../support/test_rows.ts";

const rows: readonly (readonly [string, number, readonly number[]])[] = [
  ["gives one variation everything", 1, [1]],
  ["halves between two", 2, [0.5, 0.5]],
  ["gives thirds as they are, unrounded", 3, [1 / 3, 1 / 3, 1 / 3]],
  ["gives quarters", 4, [0.25, 0.25, 0.25, 0.25]],
  ["gives none for none", 0, []],
  ["gives none for less than none", -3, []],
  ["gives none for less than one", 0.5, []],
  ["gives none for NaN", NaN, []],
];

testRows(
  "getEqualWeights()",
  [
    ["gives one for a number in the form of a text", "4", [0.25]],
    ["gives everything for one in the form of a text", "1", [1]],
    ["gives none for less than one in the form of a text", "0.5", []],
    ["gives one that is no number for what is none", undefined, [NaN]],
  ] as const,
  ([, numVariations, expected]) => {
    assertEquals<unknown>(
      getEqualWeights(malformed<number>(numVariations)),
      expected,
    );
  },
);

testRows("getEqualWeights()", rows, ([, numVariations, expected]) => {
  assertEquals(getEqualWeights(numVariations), expected);
});
