import { assertEquals } from "@std/assert";
import { overlapOf } from "../../../../core/lint/pattern/overlapping_alternatives.ts";
import { partsOf } from "../../../../core/lint/pattern/pattern_shape.ts";
import { readPatternTree } from "../../../../core/lint/pattern/pattern_tree.ts";

function find(source: string, left = 10_000): "whole" | "start" | null {
  return overlapOf(partsOf(readPatternTree(source, false)), { left });
}

const word = "a".repeat(49);

const rows: readonly (readonly [
  source: string,
  expected: "whole" | "start" | null,
])[] = [
  ["a|b", null],
  ["a|a", "whole"],
  ["ab|ab", "whole"],
  ["[ab]|b", "whole"],
  ["a|ab", "start"],
  ["ab|a", "start"],
  ["ab|ac", null],
  ["b|c|a|a", "whole"],
  ["a|b|ac", "start"],
  ["a|ab|ab", "whole"],
  ["a|ac|d|d", "whole"],
  ["a|", null],
  ["a|a*", "start"],
  ["a+|ab", "start"],
  ["a+|b", null],
  ["a*|b", null],
  ["a*|a", "start"],
  ["a?|a?", "start"],
  ["b*|a?b", "start"],
  ["a{2}|aa", "whole"],
  ["a{2}|ab", null],
  ["a{2}|a", "start"],
  ["a{2,3}|aa", "start"],
  ["a{2,3}|aab", "start"],
  ["a{2,3}|ab", null],
  ["^a|a", "whole"],
  ["a$|a", "whole"],
  ["(?:a|b)c|ad", "start"],
  ["(?:a|b)c|d", null],
  ["a(?:b|c)|ad", "start"],
  ["a(?:b|c)d|abd", "start"],
  ["\\1|a", "start"],
  [`${word}|${word}`, "whole"],
  [`${word}a|${word}a`, "whole"],
  [`${word}ab|${word}ab`, "start"],
  [`${word}b|${word}c`, null],
  [`${word}ab|${word}ac`, "start"],
  [`a{49}b|${word}c`, null],
  [`a{50}|${word}a`, "whole"],
  [`a{51}|a{51}`, "start"],
  [`a{50}b|a{50}c`, "start"],
];

for (const [source, expected] of rows) {
  Deno.test(`overlapOf() finds ${expected ?? "nothing"} in ${source}`, () => {
    assertEquals(find(source), expected);
  });
}

Deno.test("overlapOf() finds nothing where there is no effort to make", () => {
  assertEquals(find("a|a", 0), null);
});

Deno.test("overlapOf() takes five steps for two characters", () => {
  assertEquals(find("a|a", 5), "whole");
  assertEquals(find("a|a", 4), null);
});
