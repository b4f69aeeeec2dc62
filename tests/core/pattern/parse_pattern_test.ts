import {
  assert,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import { match } from "../../../core/pattern/automaton.ts";
import { parsePattern } from "../../../core/pattern/parse_pattern.ts";

type Row = readonly [
  source: string,
  loops: number,
  choices: number,
  isNested: boolean,
];

const rows: readonly Row[] = [
  ["", 0, 1, false],
  ["abc", 0, 1, false],
  ["a*", 1, 1, false],
  ["a+", 1, 1, false],
  ["a{2,}", 1, 1, false],
  ["a*?", 1, 1, false],
  ["a+?b", 1, 1, false],
  ["a*b+", 2, 1, false],
  ["a?", 0, 2, false],
  ["a??", 0, 2, false],
  ["a{2}", 0, 1, false],
  ["a{2,4}", 0, 3, false],
  ["a{0,4}", 0, 5, false],
  ["a{12,14}", 0, 3, false],
  ["a|b", 0, 2, false],
  ["a|b|c", 0, 3, false],
  ["(a|b)(c|d|e)", 0, 6, false],
  ["(a|b)c?", 0, 4, false],
  ["(?:ab)*", 1, 1, false],
  ["(a*)*", 2, 1, true],
  ["(a*)+", 2, 1, true],
  ["(a*){2}", 1, 1, true],
  ["(a*)?", 1, 2, false],
  ["(a*){1}", 1, 1, false],
  ["(a*){0,1}", 1, 2, false],
  ["(a|b)*", 1, 2, true],
  ["(a?){2}", 0, 2, true],
  ["(a{2}){2}", 0, 1, false],
  ["(a{2})*", 1, 1, false],
  ["(a)*(b)*", 2, 1, false],
  ["a*(b)*", 2, 1, false],
  ["((a*)b)*", 2, 1, true],
  ["(?=a*)b", 1, 1, false],
  ["(?!a*)b", 1, 1, false],
  ["(?<name>a*)", 1, 1, false],
  ["(?:a*)", 1, 1, false],
  ["\\*", 0, 1, false],
  ["\\\\*", 1, 1, false],
  ["\\(*", 1, 1, false],
  ["[*]", 0, 1, false],
  ["[|]*", 1, 1, false],
  ["[\\]*]", 0, 1, false],
  ["[)]*", 1, 1, false],
  ["a{", 0, 1, false],
  ["a{,5}", 0, 1, false],
  ["a{2", 0, 1, false],
  ["\\x2a*", 1, 1, false],
  ["\\u002a*", 1, 1, false],
  ["\\cA*", 1, 1, false],
  ["\\ba*", 1, 1, false],
  ["^a*$", 1, 1, false],
];

for (const [source, loops, choices, isNested] of rows) {
  Deno.test(`parsePattern() reads how long /${source}/ may take`, () => {
    const parsed = parsePattern(source, "");
    assertEquals({ ...parsed, emit: null }, {
      emit: null,
      loops,
      choices,
      isNested,
    });
  });
}

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
  Deno.test(`parsePattern() has an automaton for ${source}`, () => {
    assertNotEquals(parsePattern(source, "").emit, null);
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
  Deno.test(`parsePattern() has no automaton for ${source}`, () => {
    assertEquals(parsePattern(source, "").emit, null);
  });
}

Deno.test("parsePattern() has an automaton of up to 4,000 states and no more", () => {
  assert(parsePattern("a{3999}", "").emit!(match) !== match);
  const { emit } = parsePattern("a{4000}", "");
  assertThrows(() => emit!(match), TypeError, "tooManyStates");
});
