import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { compilePattern } from "../../../core/pattern/compile_pattern.ts";
import { evalCondition } from "../../../mod.ts";
import { arbitraryPattern } from "../../arbitraries/pattern.ts";
import { runs } from "../../support/runs.ts";
import { testRows } from "../../support/test_rows.ts";

/** What is repeated in a repetition, and so is not left to JavaScript's engine; it matches nothing. */
const nested = "(?:y*)*";

function matches(source: string, flags: string, text: string): boolean {
  const matcher = compilePattern(source, flags);
  assert(matcher !== null, source);
  return matcher(text);
}

const long = "a".repeat(20_000);

type Row = readonly [source: string, text: string, expected: boolean];

// Each of these keeps an engine that goes back and tries again busy for years.
const slow: readonly Row[] = [
  ["^(a+)+$", `${long}!`, false],
  ["^(a+)+$", long, true],
  ["^(a|a)*$", `${long}!`, false],
  ["^(a*)*$", `${long}!`, false],
  ["^(?:a|aa)+$", `${long}!`, false],
  ["(x+x+)+y", "x".repeat(20_000), false],
  ["^(([a-z])+.)+[A-Z]([a-z])+$", long, false],
  ["(.*)*\\d", long, false],
  ["(.*)*\\d", `${long}1`, true],
  ["^(\\w+\\s?)*$", `${"word ".repeat(4_000)}!`, false],
  ["a*a*a*a*a*b", long, false],
  ["^(a?){30}a{30}$", "a".repeat(29), false],
];

testRows(
  "compilePattern() answers in time",
  slow.map(([source, text, expected]) =>
    [`for ${source} (${expected})`, source, text, expected] as const
  ),
  ([, source, text, expected]) => {
    assertEquals(matches(source, "", text), expected);
  },
);

Deno.test("compilePattern() gives null for what is no pattern", () => {
  for (const source of ["(", "[", "a**", "(?<n>", "\\"]) {
    assertEquals(compilePattern(source, ""), null, source);
  }
});

Deno.test("compilePattern() leaves what JavaScript's engine alone knows to it", () => {
  assertEquals(matches("(a|b)\\1", "", "xaax"), true);
  assertEquals(matches("(a|b)\\1", "", "xabx"), false);
  assertEquals(matches("(?<=a)b", "", "ab"), true);
  assertEquals(matches("(?<!a)b", "", "ab"), false);
  assertEquals(matches("(?<n>a)\\k<n>", "", "aa"), true);
  assertEquals(matches(`(a|b)\\1${nested}`, "", "xaax"), true);
});

Deno.test("compilePattern() throws where neither can be trusted", () => {
  const matcher = compilePattern("^(a+)+\\1$", "");
  assertThrows(() => matcher?.(`${long}!`), TypeError);
});

Deno.test("evalCondition() is false where a pattern can't be trusted, also under $not", () => {
  const condition = { a: { $regex: "^(a+)+\\1$" } };
  assertEquals(evalCondition({ a: `${long}!` }, condition), false);
  assertEquals(evalCondition({ a: `${long}!` }, { $not: condition }), false);
  assertEquals(
    evalCondition({ a: `${long}!` }, { a: { $not: condition.a } }),
    false,
  );
});

Deno.test("compilePattern() takes a pattern that is too large for the engine for an invalid one", () => {
  const $regex = `${"(".repeat(20_000)}a${")".repeat(20_000)}`;
  assertEquals(compilePattern($regex, ""), null);
  assertEquals(evalCondition({ a: "a" }, { a: { $regex } }), false);
  assertEquals(evalCondition({ a: "a" }, { $not: { a: { $regex } } }), true);
});

const atoms = fc.constantFrom(
  "a",
  "b",
  "B",
  "1",
  " ",
  "_",
  "-",
  "é",
  ".",
  "\\d",
  "\\D",
  "\\w",
  "\\W",
  "\\s",
  "\\S",
  "[ab]",
  "[^a]",
  "[a-c1]",
  "[\\d_]",
  "[]",
  "[^]",
  "[\\]a]",
  "[-a]",
  "[\\b]",
  "\\.",
  "\\-",
  "\\/",
  "\\x61",
  "\\u0062",
  "\\t",
  "\\n",
  "\\cA",
  "\\0",
  "\\e",
  "{",
  "}",
  "]",
  ",",
  "x{",
  "^",
  "$",
  "\\b",
  "\\B",
);
const quantifiers = fc.constantFrom(
  "",
  "",
  "",
  "*",
  "+",
  "?",
  "{2}",
  "{0}",
  "{1,3}",
  "{2,}",
  "*?",
  "+?",
  "??",
  "{1,2}?",
);

/** Patterns of everything that the search matches. */
const { pattern } = fc.letrec<
  { pattern: string; term: string; sequence: string }
>((tie) => ({
  pattern: fc.array(tie("sequence"), { minLength: 1, maxLength: 3 }).map((
    alternatives,
  ) => alternatives.join("|")),
  sequence: fc.array(tie("term"), { maxLength: 4 }).map((terms) =>
    terms.join("")
  ),
  term: fc.tuple(
    fc.oneof(
      { maxDepth: 3 },
      { weight: 6, arbitrary: atoms },
      {
        weight: 2,
        arbitrary: fc.tuple(
          fc.constantFrom("(", "(?:", "(?=", "(?!", "(?<n>"),
          tie("pattern"),
        )
          .map(([start, inner]) => `${start}${inner})`),
      },
    ),
    quantifiers,
  ).map(([atom, quantifier]) => atom + quantifier),
}));

const text = fc.array(
  fc.constantFrom(
    "a",
    "b",
    "A",
    "B",
    "1",
    " ",
    "_",
    "-",
    "é",
    "É",
    "x",
    "{",
    "}",
    "]",
    ",",
    "\n",
    "\u2028",
    "\u0000",
    "\u0001",
    "😀",
    "\ud800",
    "ſ",
    "K",
  ),
  { maxLength: 8 },
).map((units) => units.join(""));

Deno.test("compilePattern() always agrees with JavaScript's engine where the search decides", () => {
  fc.assert(
    fc.property(
      pattern,
      fc.constantFrom("", "i"),
      text,
      (pattern, flags, text) => {
        const source = `(?:${pattern})`;
        const native = readNative(source, flags);
        fc.pre(native !== null);
        assertEquals(
          matches(source + nested, flags, text),
          native!.test(text),
          JSON.stringify([pattern, flags, text]),
        );
      },
    ),
    { numRuns: 5_000 },
  );
});

Deno.test("compilePattern() always agrees with JavaScript's engine where that decides", () => {
  fc.assert(
    fc.property(
      fc.oneof(pattern, fc.string()),
      fc.constantFrom("", "i"),
      text,
      (source, flags, text) => {
        const native = readNative(source, flags);
        const matcher = compilePattern(source, flags);
        assertEquals(matcher?.(text), native?.test(text));
      },
    ),
    { numRuns: 2_000 },
  );
});

function readNative(source: string, flags: string): RegExp | null {
  try {
    return new RegExp(source, flags);
  } catch {
    return null;
  }
}

Deno.test("compilePattern() gives a text of 20 code units to the engine where time may explode", () => {
  assertEquals(matches("^(a+)+\\1$", "", "a".repeat(20)), true);
  assertThrows(() => matches("^(a+)+\\1$", "", "a".repeat(21)), TypeError);
});

Deno.test("compilePattern() gives a text to the engine where a loop takes at most 10^9 steps", () => {
  assertEquals(matches("^(a)\\1b*", "", "a".repeat(31_622)), true);
  assertThrows(() => matches("^(a)\\1b*", "", "a".repeat(31_623)), TypeError);
});

Deno.test("compilePattern() gives a text to the engine where choices take at most 10^9 steps", () => {
  const source = "^(a|b|c)\\1d*";
  assertEquals(matches(source, "", "a".repeat(15_811)), true);
  assertThrows(() => matches(source, "", "a".repeat(15_812)), TypeError);
});

Deno.test("compilePattern() matches everywhere where a pattern asks for nothing", () => {
  assertEquals(matches("(?:(?:y*)*){0}", "", "a".repeat(30)), true);
});

Deno.test("compilePattern() gives a pattern that is too long to be read to the engine, for short texts", () => {
  const source = `(?:a{1,1001})+${"a?".repeat(2_000)}`;
  assertEquals(matches(source, "", "a".repeat(20)), true);
  assertThrows(() => matches(source, "", "a".repeat(21)), TypeError);
});

Deno.test("compilePattern() never fails on four letters for a pattern of up to 12 choices", () => {
  // What parsePayload() counts on where it tries a pattern on a missing attribute.
  const loop = fc.constantFrom("*", "+", "?", "|", "+?", "*?");
  const atom = fc.constantFrom("n", ".", "(?:", "(", ")", "l", "\\1", "(?<=u)");
  const pattern = fc.tuple(
    fc.array(fc.tuple(atom, loop), { maxLength: 6 }),
    fc.array(atom, { maxLength: 6 }),
  ).map(([loops, atoms]) => `${loops.flat().join("")}${atoms.join("")}`);
  fc.assert(
    fc.property(fc.oneof(pattern, arbitraryPattern), (source) => {
      const choices = source.replace(/[^*+?|]/g, "").length;
      if (choices > 12 || source.includes("{")) return;
      const matcher = compilePattern(source, "");
      if (matcher !== null) assert(typeof matcher("null") === "boolean");
    }),
    runs(2000),
  );
});

Deno.test("compilePattern() never fails on four letters for twelve loops in a row", () => {
  for (const repeated of ["n*", "(?:n*)*", "(n+)+", ".*"]) {
    const count = 12 / repeated.replace(/[^*+]/g, "").length;
    const matcher = compilePattern(`${repeated.repeat(count)}\\b(?!x)`, "");
    assert(matcher !== null);
    assert(typeof matcher("null") === "boolean");
  }
});
