import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { trustedLength } from "../../../core/pattern/trusted_length.ts";
import { runs } from "../../support/runs.ts";

type Row = readonly [source: string, loops: number, choices: number];

const rows: readonly Row[] = [
  ["", 0, 1],
  ["abc", 0, 1],
  ["a*", 1, 1],
  ["a+", 1, 1],
  ["a{2,}", 1, 1],
  ["a*b+", 2, 1],
  ["a?", 0, 1.5 ** 2],
  ["a*b?", 1, 1.5 ** 2],
  ["a|b", 0, 2],
  ["a|b|c", 0, 3],
  ["(a|b)", 0, 1.5 ** 2],
  ["(a|b)(c|d|e)", 0, 2 ** 3],
  // What stands in a class, or is escaped, counts as if it did not.
  ["\\*", 1, 1],
  ["[|]*", 1, 2],
];

for (const [source, loops, choices] of rows) {
  Deno.test(`trustedLength() estimates how long /${source}/ may take`, () => {
    const length = trustedLength(source, 1e6, 0);
    assertAlmostEquals(length, (1e6 / choices) ** (1 / (loops + 1)), 1e-6);
  });
}

for (const source of ["(a)*", "(a)+", "(?:a|b){2}", "((a)b)*c"]) {
  Deno.test(`trustedLength() estimates nothing for the repeated group of ${source}`, () => {
    assertEquals(trustedLength(source, 1e6, 20), 20);
  });
}

Deno.test("trustedLength() always leaves room for the ways to choose from lists", () => {
  const list = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.boolean());
  fc.assert(
    fc.property(fc.array(list, { maxLength: 6 }), (lists) => {
      const source = lists.map(([count, isOptional]) =>
        `(${"a|".repeat(count - 1)}b)${isOptional ? "?" : ""}`
      ).join("");
      const choices = lists.reduce(
        (product, [count, isOptional]) =>
          product * count * (isOptional ? 2 : 1),
        1,
      );
      assert(trustedLength(source, 1e6, 0) <= 1e6 / choices * (1 + 1e-9));
    }),
    runs(500),
  );
});
