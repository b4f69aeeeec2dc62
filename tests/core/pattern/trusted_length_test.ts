import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { trustedLength } from "../../../core/pattern/trusted_length.ts";
import { runs } from "../../support/runs.ts";

/** Exponent: how many loops, and one where it may begin anywhere. */
type Row = readonly [source: string, exponent: number, choices: number];

const rows: readonly Row[] = [
  ["abc", 1, 1],
  ["^abc", 0, 1],
  ["^a*", 1, 1],
  ["^a|b*", 2, 2],
  ["a*", 2, 1],
  ["a+", 2, 1],
  ["a{2,}", 2, 1],
  ["a*b+", 3, 1],
  ["(a*)\\1", 3, 1],
  ["(?<n>a)\\k<n>", 2, (4 / 3) ** 3],
  ["a?", 1, 1.5 ** 2],
  ["a|b", 1, 2],
  ["(a|b)(c|d|e)", 1, 2 ** 3],
  // What stands in a class, or is escaped, counts as if it did not.
  ["\\*", 2, 1],
  ["[|]*", 2, 2],
];

for (const [source, exponent, choices] of rows) {
  Deno.test(`trustedLength() estimates how long /${source}/ may take`, () => {
    const length = trustedLength(source, 1e6);
    const expected = 1e6 / choices / (source.length + 1);
    assertAlmostEquals(length, expected ** (1 / exponent), 1e-6);
  });
}

for (const source of ["(a)*", "(a)+", "(?:a|b){2}", "((a)b)*c"]) {
  Deno.test(`trustedLength() trusts no text for the repeated group of ${source}`, () => {
    assertEquals(trustedLength(source, 1e6), 0);
  });
}

Deno.test("trustedLength() trusts no text where choices alone are too many", () => {
  assert(trustedLength("(?:|)".repeat(30) + "x", 1e6) < 1);
});

Deno.test("trustedLength() trusts no pattern of more than 1,000 code units", () => {
  assertEquals(trustedLength("a".repeat(1_001), 1e6), 0);
  assert(trustedLength("a".repeat(1_000), 1e6) > 1);
});

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
      assert(trustedLength(source, 1e6) <= 1e6 / choices * (1 + 1e-9));
    }),
    runs(500),
  );
});
