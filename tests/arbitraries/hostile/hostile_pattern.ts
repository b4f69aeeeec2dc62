import fc from "fast-check";

const atoms: readonly string[] = [
  ..."abckK1é -{}],|µßς\u017f\u212a\ud83d\ude00",
  ...["", "", "a", "a", "b", "a|b", "|", "x{", "{,5}", "😀", "[😀]"],
  ...[".", "\\d", "\\w", "\\W", "\\s", "\\S", "[ab]", "[^a]", "[a-c]"],
  ...["[k-s]", "[\\d-z]", "[\\]a]", "[^]", "[]", "[\\b]", "[\\c1]", "[\\c]"],
  ...["\\b", "\\B", "^", "$", "\\.", "\\x61", "\\u0061", "\\x6", "\\u{2}"],
  ...["\\n", "\\cA", "\\c", "\\c1", "\\0", "\\00", "\\012", "\\8", "\\9"],
  ...["\\p", "\\-", "\\/", "\\141", "\\477", "\\18", "\\e", "\\k", "[à-ý]"],
];
const references = ["\\1", "\\2", "\\3", "\\k<n>"];
const openings = [
  ...["(", "(", "(", "(?:", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?<n>"],
  ...["(?i:", "(?-i:", "(?s:", "(?m-i:", "(?i-s:"],
];
const quantifiers = [
  ...["", "", "*", "+", "?", "{2}", "{1,3}", "{0,}", "*?", "+?", "{2,}?"],
  ...["??", "{0}", "{0,2}?", "{3}", "{1,2}"],
];

/** What is known to keep an engine busy that goes back, to be built upon. */
export const evilPatterns: readonly string[] = [
  `${"(?:|)".repeat(30)}x`,
  "^(((a+)+)+)+(?<=c)$",
  "(a|a)*$",
  "(.*)*x",
  "(\\w+\\s?)*$",
  "(?=(a+))\\1*b",
  "((a*)*)*\\2c",
  "^(a+)+$",
  "^(a|a)*$",
  "^(?:a|aa)+$",
  "(x+x+)+y",
  "^(([a-z])+.)+[A-Z]([a-z])+$",
  "(.*a){20}",
  "^(a?){30}a{30}$",
  "a*a*a*a*a*b",
  ".*.*.*.*.*.*.*.*=",
  "^(?=(a+)+b)",
  "((a{1,90}){1,90}b)+$",
  "((?:){99999}){99999}",
  "(?:(?:a{1000}){1000}){1000}",
  "a{1,100000}b",
  "(a|b)*a(a|b){12}c",
  "(.*)\\1\\1\\1x",
  "^(\\w+)*\\1$",
  "(?<!(a+)+)b",
  "(?=.*a)(?=.*b)(?!.*c).*d",
  "^[\\w-]+(\\.[\\w-]+)*@([\\w-]+\\.)+[a-z]{2,}$",
  "(?i:chrome|edge)+x",
  "(?:\\c*)+y",
  `${"a?".repeat(50)}b`,
  `${"(".repeat(150)}a${")*".repeat(150)}b`,
  `${"(".repeat(300)}a${")*".repeat(300)}b`,
  `.*${"x".repeat(500)}y`,
  `(?:${"[^a]b|".repeat(150)}c)*d`,
];

/** Patterns with everything that a pattern may have, valid most of the time. */
export const hostilePattern: fc.Arbitrary<string> = fc.letrec<
  { pattern: string; term: string }
>((tie) => ({
  pattern: fc.array(tie("term"), { minLength: 1, maxLength: 4 }).map((terms) =>
    terms.join("")
  ),
  term: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.tuple(
      fc.constantFrom(...atoms, ...references, ...references),
      fc.constantFrom(...quantifiers),
    ).map((parts) => parts.join("")),
    fc.tuple(
      fc.constantFrom(...openings),
      tie("pattern"),
      fc.option(tie("pattern"), { nil: null }),
      fc.constantFrom(...quantifiers),
    ).map(([open, one, other, quantifier]) =>
      `${open}${one}${other === null ? "" : `|${other}`})${quantifier}`
    ),
  ),
})).pattern;

const unicodeAtoms: readonly string[] = [
  ...[
    "a",
    "b",
    "k",
    "K",
    "s",
    "\u017f",
    "\u212a",
    "ß",
    "ẞ",
    "σ",
    "😀",
    "𐐀",
    "𐐨",
  ],
  ...[
    "\\p{L}",
    "\\P{Lu}",
    "\\u{1f600}",
    "\\ud83d\\ude00",
    "\\ud83d",
    "\\u{61}",
  ],
  ...["[😀a]", "[^😀]", "[\\ud83d]", "[k]", "[^]", ".", "\\w", "\\W", "\\b"],
  ...["[\\p{L}--a]", "[[a-k]&&[c-z]]", "[a[bc]]", "\\B", "^", "$", "\\1"],
  ...["\\k<n>", "\\x61", "\\cA", "\\0", "\\/"],
];

/** Patterns for the flags `u` and `v`, some of which only one of them reads. */
export const unicodePattern: fc.Arbitrary<string> = fc.letrec<
  { pattern: string; term: string }
>((tie) => ({
  pattern: fc.array(tie("term"), { minLength: 1, maxLength: 4 }).map((terms) =>
    terms.join("")
  ),
  term: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.tuple(
      fc.constantFrom(...unicodeAtoms),
      fc.constantFrom("", "", "*", "+", "?", "{2}", "{1,2}?", "*?"),
    ).map(([atom, quantifier]) =>
      /^(?:\\b|\\B|\^|\$)$/.test(atom) ? atom : atom + quantifier
    ),
    fc.tuple(
      fc.constantFrom(...openings, "(?<\\u006e>"),
      tie("pattern"),
      fc.option(tie("pattern"), { nil: null }),
      fc.constantFrom("", "*", "+", "?", "{2}"),
    ).map(([open, one, other, quantifier]) => {
      const group = `${open}${one}${other === null ? "" : `|${other}`})`;
      return /^\(\?<?[=!]/.test(open) ? group : group + quantifier;
    }),
  ),
})).pattern;

/** A short text of what such patterns are about: whole and half characters, and other cases. */
export const unicodeText: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(
    ...["a", "b", "c", "k", "K", "s", "S", "\u017f", "\u212a", "ß", "ẞ", "σ"],
    ...["ς", "Σ", "😀", "\ud83d", "\ude00", "𐐀", "𐐨", "\n", " ", "1", "/"],
  ),
  maxLength: 8,
});

/** The same, around or beside what is known to be evil. */
export const mutatedPattern: fc.Arbitrary<string> = fc.tuple(
  fc.constantFrom(...evilPatterns),
  hostilePattern,
  fc.nat(3),
  fc.nat(1_000),
).map(([evil, other, kind, at]) => {
  if (kind === 0) return evil + other;
  if (kind === 1) return `(?:${evil})*${other}`;
  if (kind === 2) return `(?:${other}|${evil})+`;
  const place = at % (evil.length + 1);
  return evil.slice(0, place) + other + evil.slice(place);
});

const units = [
  ..."abcABkKsS\u017f\u212aéÉ1 .-x{}]\\\n\r\u2028\ud83d\ude00\0\u0001",
  ..."8ßσςΣµμcpaaabbb",
];

/** A short text of the code units that such patterns are about. */
export const hostileText: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(...units),
  maxLength: 9,
});

/** A text of up to so many code units: one piece repeated, a mixture, or all code units in turn. */
export function longText(maxLength: number): fc.Arbitrary<string> {
  return fc.tuple(
    fc.oneof(
      fc.constantFrom("a", "ab", "ab ", "x", "aaab", "word ", "a.b@"),
      hostileText,
      fc.array(fc.constantFrom(...units), { minLength: 99, maxLength: 999 })
        .map((list) => list.join("")),
      fc.constant(null),
    ),
    fc.nat(maxLength),
    fc.constantFrom("", "!", "b", "x"),
  ).map(([piece, length, tail]) => {
    const text = piece === null
      ? Array.from({ length }, (_, unit) => String.fromCharCode(unit % 65_536))
        .join("")
      : piece.repeat(Math.ceil(length / Math.max(piece.length, 1)));
    return (text.slice(0, length) + tail).slice(-maxLength);
  });
}
