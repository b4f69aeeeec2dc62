import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { parsePattern } from "../../../core/pattern/parse_pattern.ts";
import { readPattern } from "../../../core/pattern/read_pattern.ts";
import {
  arbitraryPattern,
  arbitraryPatternText,
} from "../../arbitraries/pattern.ts";
import { runs } from "../../support/runs.ts";

/** Where a pattern may end that begins at some positions of a text. */
function endsOf(
  source: string,
  text: string,
  starts: readonly number[],
): readonly number[] {
  const search = { text, steps: 1_000 };
  return [...parsePattern(source, "")(new Set(starts), search)].sort();
}

const rows: readonly (readonly [
  source: string,
  text: string,
  starts: readonly number[],
  ends: readonly number[],
])[] = [
  ["", "ab", [0, 1, 2], [0, 1, 2]],
  ["a", "aba", [0, 1, 2, 3], [1, 3]],
  ["ab", "abab", [0, 1, 2], [2, 4]],
  ["a|ab", "ab", [0], [1, 2]],
  ["a*", "aab", [0], [0, 1, 2]],
  ["a+", "aab", [0], [1, 2]],
  ["a?", "aab", [0], [0, 1]],
  ["a{2}", "aaaa", [0, 1], [2, 3]],
  ["a{0}", "aaaa", [0, 1], [0, 1]],
  ["a{1,2}", "aaaa", [0], [1, 2]],
  ["a{12}", "a".repeat(13), [0], [12]],
  ["a{2,}", "aaaa", [0], [2, 3, 4]],
  ["(?:a?){3}", "aaaa", [0], [0, 1, 2, 3]],
  ["(ab|a)*", "aba", [0], [0, 1, 2, 3]],
  ["(?=a)", "ab", [0, 1, 2], [0]],
  ["(?!a)", "ab", [0, 1, 2], [1, 2]],
  ["^", "ab", [0, 1, 2], [0]],
  ["\\b", "ab", [0, 1, 2], [0, 2]],
];

for (const [source, text, starts, ends] of rows) {
  Deno.test(`parsePattern() tells where /${source}/ ends in ${text}`, () => {
    assertEquals(endsOf(source, text, starts), ends);
  });
}

Deno.test("parsePattern() always matches what a RegExp matches", () => {
  let compared = 0;
  fc.assert(
    fc.property(
      arbitraryPattern,
      fc.constantFrom("", "i"),
      fc.array(arbitraryPatternText, { minLength: 3, maxLength: 6 }),
      (source, flags, texts) => {
        const native = readPattern(source, flags);
        if (native === null) return;
        const piece = parseSafely(source, flags);
        if (piece === null) return;
        for (const text of texts) {
          compared++;
          const starts = new Set(Array(text.length + 1).keys());
          assertEquals(
            piece(starts, { text, steps: 1e6 }).size > 0,
            native.test(text),
            `/${source}/${flags} on ${JSON.stringify(text)}`,
          );
        }
      },
    ),
    runs(3_000),
  );
  assert(compared > 5_000, `only ${compared} texts were compared`);
});

function parseSafely(source: string, flags: string) {
  try {
    return parsePattern(source, flags);
  } catch {
    return null;
  }
}

Deno.test("parsePattern() takes a step for each position that it tries", () => {
  const search = { text: "bb", steps: 3 };
  assertEquals(parsePattern("a", "")(new Set([0, 1, 2]), search).size, 0);
  assertEquals(search.steps, 0);
  assertThrows(
    () => parsePattern("a", "")(new Set([0]), search),
    TypeError,
    "textTooLong",
  );
});

Deno.test("parsePattern() takes steps for repetitions of nothing", () => {
  const search = { text: "", steps: 1_000 };
  for (const source of ["(?:){1000000000}", "(?:|){1000000000}"]) {
    assertThrows(
      () => parsePattern(source, "")(new Set([0]), search),
      TypeError,
      "textTooLong",
    );
  }
});

const supported: readonly string[] = [
  "a",
  "(?=a)",
  "(?!a)",
  "(?:a)",
  "(?<n>a)",
  "\\b\\B",
  "\\0",
  "\\0a",
  "\\d",
  "[\\1]",
  "^$",
  "\\x41",
];

for (const source of supported) {
  Deno.test(`parsePattern() reads ${source}`, () => {
    assertEquals(typeof parsePattern(source, ""), "function");
  });
}

const unsupported: readonly string[] = [
  "(a)\\1",
  "\\9",
  "(?<n>a)\\k<n>",
  "(?<=a)",
  "(?<!a)",
  "\\00",
  "\\07a",
  "a|(b)\\1",
];

for (const source of unsupported) {
  Deno.test(`parsePattern() does not read ${source}`, () => {
    assertThrows(() => parsePattern(source, ""), TypeError);
  });
}

Deno.test("parsePattern() reads up to 4,000 code units and no more", () => {
  assertEquals(typeof parsePattern("a".repeat(4_000), ""), "function");
  assertThrows(() => parsePattern("a".repeat(4_001), ""), TypeError);
});
