import { assertEquals } from "@std/assert";
import {
  type Ambiguity,
  findAmbiguity,
} from "../../../../core/lint/pattern/ambiguous_loop.ts";
import { readPatternTree } from "../../../../core/lint/pattern/pattern_tree.ts";

function find(source: string, left = 1_000): Ambiguity | null {
  const loop = readPatternTree(source, false);
  if (loop.kind !== "repeat") throw new TypeError(`${source} is no loop`);
  return findAmbiguity(loop, { left });
}

const rows: readonly (readonly [source: string, expected: Ambiguity | null])[] =
  [
    ["(a+)*", "nestedRepeats"],
    ["(a+)+", "nestedRepeats"],
    ["(a+){5}", "nestedRepeats"],
    ["(a+){4}", null],
    ["(a+){1,5}", "nestedRepeats"],
    ["(a+){5,}", "nestedRepeats"],
    ["(a?)+", null],
    ["(a{2})*", null],
    ["(a{1,2})*", "nestedRepeats"],
    ["(a{2,3})*", "nestedRepeats"],
    ["(a{0}b)*", null],
    ["(b(a+)b)*", null],
    ["(a+b)*", null],
    ["(ba+)*", null],
    ["(a+b?)*", "nestedRepeats"],
    ["(b?a+)*", "nestedRepeats"],
    ["(a+b?c)*", null],
    ["(ca+b?)*", null],
    ["(a+a)*", "nestedRepeats"],
    ["(aa+)*", "nestedRepeats"],
    ["([ab]+a)*", "nestedRepeats"],
    ["((a+)b?)*", "nestedRepeats"],
    ["((a+b)?c?)*", null],
    ["((a+|b)c?)*", "nestedRepeats"],
    ["((a+c?)b)*", null],
    ["((ba+)a)*", null],
    ["((aa+)a)*", "nestedRepeats"],
    ["((ab)+)*", "nestedRepeats"],
    ["((ab)+a?)*", "nestedRepeats"],
    ["((ab)+a)*", null],
    ["((a+b)+)*", "nestedRepeats"],
    ["((a+b)c)*", null],
    ["(a|a)*", "overlappingAlternatives"],
    ["(a|b)*", null],
    ["(a|ab)*", "overlappingAlternatives"],
    ["((a|ab)c?)*", "overlappingAlternatives"],
    ["((a|ab)c)*", null],
    ["((a|a)c)*", "overlappingAlternatives"],
    ["(a|b+)*", "nestedRepeats"],
    ["(a+|b)*", "nestedRepeats"],
    ["(a|bc+)*", null],
    ["(a?){10}", "countedRepeats"],
    ["(a?){9}", null],
    ["(a?){1,10}", "countedRepeats"],
    ["(a?){1,9}", null],
    ["(a?){10,}", "countedRepeats"],
    ["(a?){9,}", null],
    ["(a?)*", null],
    ["(a|){20}", "countedRepeats"],
    ["(?:^){20}", null],
    ["a{20}", null],
    ["(?:^a?){20}", "countedRepeats"],
    ["(\\1)*", null],
    ["((a|ab)\\0)*", null],
    ["((ab)+\\0)*", null],
    ["((a+){0}b?)*", null],
    ["((a+)?)*", "nestedRepeats"],
  ];

for (const [source, expected] of rows) {
  Deno.test(`findAmbiguity() finds ${expected ?? "nothing"} in ${source}`, () => {
    assertEquals(find(source), expected);
  });
}

Deno.test("findAmbiguity() takes more steps, the more stands around a repeat", () => {
  assertEquals(find("((aa+)a)*", 15), "nestedRepeats");
  assertEquals(find("((aa+)a)*", 14), null);
  assertEquals(find("(b?c?a+e?f?)*", 45), "nestedRepeats");
  assertEquals(find("(b?c?a+e?f?)*", 44), null);
});

Deno.test("findAmbiguity() gives up where the effort is used up", () => {
  assertEquals(find("(a+)*", 1), "nestedRepeats");
  assertEquals(find("(a+)*", 0), null);
});
