import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { compileSearch } from "../../../../core/pattern/compile_pattern.ts";
import { parsePattern } from "../../../../core/pattern/parse_pattern.ts";
import { readPattern } from "../../../../core/pattern/read_pattern.ts";
import { mostSteps } from "../../../../core/lint/pattern/most_steps.ts";
import {
  evilPatterns,
  hostilePattern,
  hostileText,
  longText,
  mutatedPattern,
} from "../../../arbitraries/hostile/hostile_pattern.ts";
import { runs } from "../../../support/runs.ts";
import { testRows } from "../../../support/test_rows.ts";

/** How many steps the search takes. */
function stepsOf(source: string, flags: string, text: string): number {
  const budget = { steps: 1e9 };
  compileSearch(source, flags)(text, budget);
  return 1e9 - budget.steps;
}

type Row = readonly [
  fact: string,
  source: string,
  piece: string,
  perPosition: number,
  beyond: number,
];

// With a text of a thousand characters, that piece again and again, which takes the most steps: how many
// that is at most for each position, and by how many too many, mostly because it begins with fewer.
const rows: readonly Row[] = [
  ["a character", "b", "a", 1, 0],
  ["what begins alike", "bc|bd|e", "b", 7, 2],
  ["few of many alternatives", "one|two|three|four|five", "t", 11, 2],
  ["what may be left out", "(?:a?){9}b", "a", 19, 0],
  ["what comes again", "(?:a|b|c)*d", "abc", 7, 0],
  ["a counted repeat", "a{2,4}b", "a", 7, 13],
  ["a counted repeat without an end", "a{3,}b", "a", 5, 9],
  ["classes, dearer beyond ASCII", "[ab]", "é", 5, 0],
  ["escapes, dearer beyond ASCII", "\\.", "é", 5, 0],
  ["spaces beyond ASCII", "\\s[\\s\\d]b", "\u00a0", 11, 7],
  ["what begins with the first of all characters", "\0bc|d", "\0", 4, 1],
  ["what looks at the start alone", "^abc", "x", 5, 2],
  ["the start as if it were passed, in a look", "(?!x^a)bc", "b", 14, 6_007],
  ["an anchor as if it were passed", "a$b", "a", 7, 1_005],
  ["a look ahead from its end", "(?!a{9}b)c", "a", 8, 1_001],
  ["a look behind from its start", "(?<!ba{9})c", "a", 8, 1_001],
  ["a look in a look", "(?!(?<!b)c)d", "c", 13, 1_005],
];

testRows("mostSteps() counts", rows, ([, source, piece, rate, beyond]) => {
  const text = piece.repeat(1_000).slice(0, 1_000);
  const most = mostSteps(source, false, 1_000);
  assertEquals(Math.floor(most / 1_001), rate);
  assertEquals(most - stepsOf(source, "", text), beyond);
});

testRows(
  "mostSteps() counts all steps at each position",
  [
    ["where flags change in groups", "(?i:a)bbb"],
    ["where there are odd escapes", "\\c[a]bbb"],
    ["of octal escapes", "\\141[a]bbb"],
    ["of what is not named either", "\\k[a]bbb"],
    ["of groups with strange names", "(?<ä>a)bbb"],
    ["of long patterns", "b".repeat(1_001)],
    [
      "where more sets of steps can be than it looks at",
      "(?:a|b)*a(?:a|b){14}c|xyz",
    ],
  ] as const,
  ([, source]) => {
    const { cost } = parsePattern(source, "");
    assertEquals(mostSteps(source, false, 1_000), cost * 1_001);
  },
);

Deno.test("mostSteps() looks no closer where all steps are few enough", () => {
  assertEquals(mostSteps("abc", false, 999), 2_000);
  assertEquals(mostSteps("abc", false, 999, 2_999), 2_000);
  assertEquals(mostSteps("abc", false, 999, 3_000), 3_000);
});

testRows(
  "mostSteps() is infinite",
  [
    ["for references", "(a)\\1"],
    ["for what is never searched for", "(?:a{1000}){1000}"],
  ] as const,
  ([, source]) => assertEquals(mostSteps(source, false, 10), Infinity),
);

Deno.test("mostSteps() minds case", () => {
  assertEquals(mostSteps("b", false, 999), 1_000);
  assertEquals(mostSteps("b", true, 999), 5_000);
  assertEquals(stepsOf("b", "i", "é".repeat(999)), 5_000);
});

Deno.test("mostSteps() is never less than a search takes", () => {
  const pattern = fc.oneof(
    hostilePattern,
    mutatedPattern,
    fc.constantFrom(...evilPatterns),
    fc.string({ maxLength: 30 }),
  );
  const text = fc.oneof(hostileText, longText(300));
  fc.assert(
    fc.property(pattern, fc.constantFrom("", "i"), text, (
      source,
      flags,
      text,
    ) => {
      fc.pre(readPattern(source, flags) !== null);
      const most = mostSteps(source, flags === "i", text.length);
      if (most < Infinity) {
        const taken = stepsOf(source, flags, text);
        assert(taken <= most, `${taken} > ${most}`);
      }
    }),
    runs(2_000),
  );
});
