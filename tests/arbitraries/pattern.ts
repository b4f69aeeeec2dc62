import fc from "fast-check";

const atoms: readonly string[] = [
  ..."abckK1é ",
  "A",
  ".",
  "\\d",
  "\\w",
  "\\W",
  "\\s",
  "[ab]",
  "[^a]",
  "[a-c]",
  "[k-s]",
  "[\\]a]",
  "[^]",
  "[]",
  "\\b",
  "\\B",
  "^",
  "$",
  "\\.",
  "\\-",
  "\\x61",
  "\\u0061",
  "\\u{2}",
  "\\n",
  "\\cA",
  "\\0",
  "\\p",
  "-",
  "]",
  "}",
  "{",
  "{,5}",
  "\\/",
  "\u017f",
  "\u212a",
];

const quantifiers = [
  "*",
  "+",
  "?",
  "{2}",
  "{1,3}",
  "{0,}",
  "*?",
  "+?",
  "{2,}?",
  "??",
  "",
];

/**
 * The source of a regular expression, most often a valid one: groups of all kinds but lookbehinds,
 * alternatives and repetitions, nested, with the odd things that are allowed without the flag `u`.
 */
export const arbitraryPattern: fc.Arbitrary<string> =
  fc.letrec<{ pattern: string }>(
    (tie) => ({
      pattern: fc.oneof(
        { maxDepth: 4, depthSize: "small" },
        fc.constantFrom(...atoms),
        fc.array(tie("pattern"), { maxLength: 4 }).map((parts) =>
          parts.join("")
        ),
        fc.tuple(tie("pattern"), tie("pattern")).map(([left, right]) =>
          `(${left}|${right})`
        ),
        fc.tuple(
          fc.constantFrom("(", "(?:", "(?=", "(?!", "(?<name>"),
          tie("pattern"),
          fc.constantFrom(...quantifiers),
        ).map(([open, inner, quantifier]) => `${open}${inner})${quantifier}`),
        fc.tuple(fc.constantFrom(...atoms), fc.constantFrom(...quantifiers))
          .map((parts) => parts.join("")),
      ),
    }),
  ).pattern;
