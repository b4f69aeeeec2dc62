import { assertEquals } from "@std/assert";
import { hasAdjacentRepeats } from "../../../../core/lint/pattern/adjacent_repeats.ts";
import { partsOf } from "../../../../core/lint/pattern/pattern_shape.ts";
import { readPatternTree } from "../../../../core/lint/pattern/pattern_tree.ts";

function hasRepeats(source: string): boolean {
  return hasAdjacentRepeats(partsOf(readPatternTree(source, false)));
}

const adjacent: readonly string[] = [
  "a*a*",
  "a+a+",
  "a*[ab]*",
  "[ab]*[bc]*",
  "ba*a*c",
  "a{0,21}a{0,21}",
  "a{21}a*",
  "a*b?a*b?a*",
  "a*^a*$a*",
  "a*b?c?a*b?a*",
  "b*a*a*",
  "a*b?a*a*",
  "a*(?=b)a*(?=b)a*",
  "a*(bc)?a*(bc)*a*",
];

for (const source of adjacent) {
  Deno.test(`hasAdjacentRepeats() finds some in ${source}`, () => {
    assertEquals(hasRepeats(source), true);
  });
}

const apart: readonly string[] = [
  "ab",
  "a*b*",
  "a*ba*",
  "a*ba*ba*",
  "a*b?a*",
  "a*^a*",
  "a*b?a*ba*",
  "a*b?a*c*b?a*",
  "a*b*a*b*",
  "a{0,20}a{0,20}",
  "a*a{0,20}",
  "a{20}a{20}",
  "(ab)*(ab)*",
  "a*b+a*",
  "a*aa",
  "a*b{2}a*b{2}a*",
];

for (const source of apart) {
  Deno.test(`hasAdjacentRepeats() finds none in ${source}`, () => {
    assertEquals(hasRepeats(source), false);
  });
}
