import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { paddedVersionString } from "../../../mod.ts";
import { testRows } from "../../support/test_rows.ts";
import { runs } from "../../support/runs.ts";

const rows: readonly (readonly [string, unknown, string])[] = [
  ["pads parts that are all digits to five", "1.22.333", "    1-   22-  333-~"],
  [
    "leaves five digits and more alone",
    "12345.123456.1",
    "12345-123456-    1-~",
  ],
  ["gives exactly three parts a fourth", "1.2.3", "    1-    2-    3-~"],
  ["gives two parts none", "1.2", "    1-    2"],
  ["gives one part none", "1", "    1"],
  ["gives four parts none", "1.2.3.4", "    1-    2-    3-    4"],
  ["splits on - as on .", "1.2.3-rc.1", "    1-    2-    3-rc-    1"],
  ["counts parts split by - too", "1.2-rc", "    1-    2-rc-~"],
  ["drops a leading v", "v1.2.3", "    1-    2-    3-~"],
  ["drops only one leading v", "vv1.2.3", "v1-    2-    3-~"],
  ["keeps a v elsewhere", "1.v2.3", "    1-v2-    3-~"],
  ["keeps a leading V", "V1.2.3", "V1-    2-    3-~"],
  ["drops everything from +", "1.2.3+build.5-x", "    1-    2-    3-~"],
  ["drops everything from the first +", "1.2.3+a+b", "    1-    2-    3-~"],
  // A build reaches as far as a line break, and no further: parity.
  [
    "keeps a build that a line break ends",
    "1.2.3+a\nb",
    "    1-    2-3+a\nb-~",
  ],
  [
    "drops only the build behind the last line break",
    "1.2+a\n+b",
    "    1-2+a\n",
  ],
  [
    "leaves parts with the neighbours of the digits alone",
    "1/.1:.3",
    "1/-1:-    3-~",
  ],
  ["leaves parts with a letter alone", "1a.b2.3", "1a-b2-    3-~"],
  ["keeps empty parts empty", "1..3", "    1--    3-~"],
  ["keeps an empty part at the end", "1.2.", "    1-    2--~"],
  ["keeps an empty part at the start", ".1", "-    1"],
  ["takes a number as its string", 1.5, "    1-    5"],
  ["takes 0 as its string", 0, "    0"],
  ["takes a negative number as its string", -1, "-    1"],
  ["takes NaN as its string", NaN, "NaN"],
  ["takes an exponent as it is written", 1e21, "1e"],
  ["takes the empty string as 0", "", "    0"],
  ["takes null as 0", null, "    0"],
  ["takes undefined as 0", undefined, "    0"],
  ["takes a boolean as 0", true, "    0"],
  ["takes an array as 0", ["1.2.3"], "    0"],
  ["takes an object as 0", {}, "    0"],
  ["makes one empty part of a lone v", "v", ""],
  ["makes one empty part of a lone +", "+", ""],
];

testRows("paddedVersionString()", rows, ([, input, expected]) => {
  assertEquals(paddedVersionString(input), expected);
});

const part = fc.nat(99_999);

Deno.test("paddedVersionString() always orders versions of three numbers by their numbers", () => {
  fc.assert(
    fc.property(fc.tuple(part, part, part), fc.nat(2), (numbers, at) => {
      const lower = [...numbers];
      const higher = numbers.map((number, index) =>
        index === at ? number + 1 : number
      );
      fc.pre(higher[at]! < 100_000);
      assert(
        paddedVersionString(lower.join(".")) <
          paddedVersionString(higher.join(".")),
      );
    }),
    runs(100),
  );
});

Deno.test("paddedVersionString() never throws", () => {
  fc.assert(
    fc.property(fc.anything(), (input) => {
      assertEquals(typeof paddedVersionString(input), "string");
    }),
    runs(100),
  );
});
