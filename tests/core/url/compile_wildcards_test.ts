import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { compileWildcards } from "../../../core/url/compile_wildcards.ts";
import { runs } from "../../support/runs.ts";

type Row = readonly [
  fact: string,
  pattern: string,
  text: string,
  expected: boolean,
];

const rows: readonly Row[] = [
  ["matches the same text", "a.b", "a.b", true],
  ["takes special characters literally", "a.b", "axb", false],
  ["matches whole texts only", "a", "ab", false],
  ["ignores case", "aB", "Ab", true],
  ["ignores case beyond ASCII", "é", "É", true],
  ["keeps ASCII apart from its look-alikes", "k", "\u212a", false],
  ["keeps a letter apart from its two-letter form", "ß", "SS", false],
  ["lets a wildcard stand for nothing", "a_____b", "ab", true],
  ["lets a wildcard stand for much", "a_____b", "a--a--b--b", true],
  ["needs both ends", "a_____b", "a--", false],
  ["does not let the ends overlap", "ab_____bc", "abc", false],
  ["needs the pieces between wildcards", "_____x_____", "abc", false],
  ["needs them in their order", "_____x_____y_____", "y-x", false],
  ["needs each of them", "_____x_____x_____", "-x-", false],
  ["does not let a piece overlap the end", "_____xy_____y", "xy", false],
  ["takes fewer underscores literally", "____", "abcd", false],
  ["takes more underscores for a wildcard and the rest", "______", "a_", true],
  ["takes the rest of more underscores literally", "______", "a", false],
  ["does not let a wildcard cross lines", "a_____b", "a\nb", false],
  ["does not let one cross other line ends", "a_____b", "a\u2028b", false],
  ["does not let one start before a line end", "_____b_____", "\nb", false],
  ["does not let one end behind a line end", "_____b_____", "b\r", false],
  ["matches a line end with itself", "a\n_____", "a\nb", true],
];

for (const [fact, pattern, text, expected] of rows) {
  Deno.test(`compileWildcards() ${fact}`, () => {
    assertEquals(compileWildcards(pattern)(text), expected);
  });
}

Deno.test("compileWildcards() agrees with a regular expression", () => {
  const unit = fc.constantFrom(
    ...["a", "a", "A", "b", "_", "_____", "_____", ".", "\n"],
    ...["\u2028", "é", "É", "ß", "ſ", "s", "\u212a", "k", "ς", "Σ", "\ud83d"],
  );
  const text = fc.array(unit, { maxLength: 6 }).map((units) => units.join(""));
  fc.assert(
    fc.property(text, text, (pattern, text) => {
      const source = pattern.replaceAll(".", "\\.").replaceAll("_____", ".*");
      assertEquals(
        compileWildcards(pattern)(text),
        new RegExp(`^${source}$`, "i").test(text),
      );
    }),
    runs(5_000),
  );
});

Deno.test("compileWildcards() comes to an end where a regular expression would not", () => {
  const matches = compileWildcards("_____a".repeat(30) + "b");
  assert(!matches("a".repeat(4_000)));
});
