import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  slowPattern,
  slowPatternReasons,
} from "../../../../core/lint/pattern/slow_pattern.ts";
import { readPattern } from "../../../../core/pattern/read_pattern.ts";
import { runs } from "../../../support/runs.ts";

const slow: { readonly [reason: string]: readonly string[] } = {
  nestedRepeats: [
    "(a+)+",
    "^(a+)+$",
    "([a-zA-Z]+)*",
    "(a*)*",
    "(?:a+){10}",
    "(?<name>a+)+",
    "^(\\w+\\s?)*$",
    "^(\\w+)*@",
    "(.*a){20}",
    "(.*,){11}P",
    "^(?:.+,)*$",
    "(?:\\d{1,3},?)+$",
    "([a-z]+\\d?)+",
    "((a*)b?)*c",
    "(([a-z]+)|-?)*",
    "(\\s+|\\w+)*",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "^\\w+([.-]?\\w+)*@\\w+([.-]?\\w+)*(\\.\\w{2,3})+$",
    "(?=(a+)+$)a",
  ],
  overlappingAlternatives: [
    "^(a|a)*$",
    "(a|ab)*",
    "(a|aa)+",
    "(fr|fra)+",
    "(.|\\s)*",
    "((a|a)b)*",
    '(?:\\\\.|[^"])*',
    "(\\d|[0-9]x)+",
    "(é|é)+",
  ],
  adjacentRepeats: [
    "\\d*\\d*",
    "\\d*\\d*\\d*$",
    ".*.*",
    "(\\d*)(\\d*)",
    "\\s+[\\s,]+",
    "^\\s*(.*?)\\s*$",
    "\\s*,?\\s*,?\\s*$",
    "[\\s\\S]*.*",
  ],
  manySteps: [
    "(\\w+)-\\1",
    `${"(?:|)".repeat(200)}x`,
    "(?:\\w\\d){40}",
    "(?:(?:a{1000}){1000}){1000}b",
    `^(?=${"|".repeat(70)})x`,
  ],
  countedRepeats: ["(a?){20}", "(a?){30}a{30}", "(?:\\d?|x){10,}"],
};

for (const [reason, sources] of Object.entries(slow)) {
  for (const source of sources) {
    Deno.test(`slowPattern() finds ${reason} in ${source}`, () => {
      assertEquals<string | null>(slowPattern(source, false), reason);
    });
  }
}

const honest: readonly string[] = [
  "",
  "^[\\w.+-]+@example\\.com$",
  "^(fr|de|es)$",
  "^\\d+\\.\\d+$",
  "(foo|bar)+baz",
  "-12-25$",
  "(Mobile|Tablet)",
  "iPhone|iPad|Android",
  "^(\\w+\\.)*\\w+$",
  "^[\\w-]+(\\.[\\w-]+)*$",
  "^(en|en-us|fr)(,(en|en-us|fr))*$",
  "^\\d+\\.?\\d*$",
  "^v?\\d+(\\.\\d+){0,2}$",
  "(.|\\n)*",
  "^(\\d{1,3}\\.){3}\\d{1,3}$",
  "^(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}$",
  "^(?:[a-z0-9-]+\\.)+[a-z]{2,}$",
  "^(https?:\\/\\/)?([\\w-]+\\.)+[\\w-]+(\\/[\\w\\-.\\/?%&=]*)?$",
  "^/products/[^/]+/reviews/\\d+$",
  ".*foo.*bar",
  ".+@.+\\..+",
  "\\bgoogle\\b.*\\bbot\\b",
  "^\\+?(\\d[\\s-]?)+$",
  "^(?=.*[a-z])(?=.*\\d).+$",
  "^[a-z]+(?:-[a-z]+)*$",
  '"(?:\\\\.|[^"\\\\])*"',
  "^([0-9a-f]{2}:){5}[0-9a-f]{2}$",
  "^(\\d{3}-?)+$",
  "^([A-Z][a-z]+\\s?)+$",
  "(?:(?:ab)?c|d)*",
  "^[A-Z]{2}\\d{6,}$",
  "^(user|admin)_[0-9]+$",
  "^\\s+|\\s+$",
  "^(\\d+,)*\\d+$",
  "(\\d+\\s*,\\s*)*",
  "^.{3,10}$",
  "^\\w+\\s*=\\s*\\w+$",
  "^(?:[a-z]+=[^;]*;)*$",
  "^(?:[^,\\]]+,)*$",
  "(\\x61+\\u0062)+",
  "(a+\\n)+",
  "(?:a|b\\b|^c)+",
  "a{",
  "a{,5}b",
  "[^]",
  "(?:[ab]c){40}",
  "Mobile|Android|iPhone|iPad|iPod|BlackBerry|IEMobile|Opera Mini",
  "bot|crawler|spider|googlebot|bingbot|yandex|facebookexternalhit|whatsapp",
  "Mozilla/5\\.0 \\((?:iPhone|iPad|iPod)",
  "Chrome\\/(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)",
  "^Mozilla\\/5\\.0 \\(Macintosh; Intel Mac OS X (\\d+)[_.](\\d+)",
  "^https?:\\/\\/[^\\/]+\\/(en|de|fr|es|it|pt|nl|pl|sv|da|fi|no|cs|hu|ro)\\/",
  "utm_source=(google|facebook|bing|newsletter|twitter|linkedin|instagram)",
  "^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[\\w-]+(\\.[\\w-]+)*)?$",
  "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
  "^\\w[\\w.-]*@[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]+)+$",
  "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$",
  "^(?=.*[A-Z])(?=.*[a-z])(?=.*\\d)(?=.*[^\\w\\s]).{8,64}$",
  "^/(?:blog|news|articles?)/\\d{4}/\\d{2}/[\\w-]+/?$",
  "/(cart|checkout|basket|order|payment|shipping|confirmation)(/|$|\\?)",
];

for (const source of honest) {
  Deno.test(`slowPattern() finds nothing in ${source}`, () => {
    assertEquals(slowPattern(source, false), null);
  });
}

Deno.test("slowPattern() finds nothing in usual patterns where case is ignored", () => {
  for (
    const source of [
      "Mobile|Android|iPhone|iPad|iPod|BlackBerry|IEMobile|Opera Mini",
      "Mozilla/5\\.0 \\((?:iPhone|iPad|iPod)",
      "^(AT|BE|BG|HR|CY|CZ|DK|EE|FI|FR|DE|GR|HU|IE|IT|LV|LT|LU|MT|NL|PL|PT)$",
      "\\bgoogle\\b.*\\bbot\\b",
    ]
  ) assertEquals(slowPattern(source, true), null, source);
});

Deno.test("slowPattern() minds case unless it is ignored", () => {
  assertEquals(slowPattern("^(a|A)+$", false), null);
  assertEquals(slowPattern("^(a|A)+$", true), "overlappingAlternatives");
  assertEquals(slowPattern("([A-Z][a-z]+)+", false), null);
  assertEquals(slowPattern("([A-Z][a-z]+)+", true), "nestedRepeats");
});

Deno.test("slowPattern() looks for a reason in no more than 1,000 characters", () => {
  const long = "(a+)+" + "b".repeat(996);
  assertEquals(slowPattern(long, false), "manySteps");
  assertEquals(slowPattern(long.slice(1), false), null);
  assertEquals(slowPattern(long.slice(0, -1), false), "nestedRepeats");
});

const piece = fc.constantFrom(
  ...["a", "b", ".", "\\d", "\\w", "\\b", "^", "$", "[ab]", "[^a-c]", "(", ")"],
  ...[
    "(?:",
    "(?=",
    "(?<!",
    "(?<n>",
    "|",
    "*",
    "+",
    "?",
    "{2}",
    "{3,}",
    "{1,20}",
  ],
  ...["\\1", "\\k<n>", "\\u0061", "\\x6", "\\c", "[", "]", "-", "\\", "é", "{"],
);

Deno.test("slowPattern() never fails on a pattern", () => {
  const source = fc.oneof(
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
    fc.string({ unit: "binary", maxLength: 30 }),
  );
  fc.assert(
    fc.property(source, fc.boolean(), (source, ignoreCase) => {
      const reason = slowPattern(source, ignoreCase);
      assertEquals(
        reason === null || slowPatternReasons.includes(reason),
        true,
      );
    }),
    runs(1000),
  );
});

Deno.test("slowPattern() is never slow itself", () => {
  const started = performance.now();
  for (const source of intricate()) {
    if (readPattern(source, "") !== null) slowPattern(source, false);
  }
  // Each takes a few milliseconds. What multiplied would not be done today.
  assertEquals(performance.now() - started < 5000, true);
});

function* intricate(): Generator<string> {
  yield "(".repeat(240) + "a" + ")*-".repeat(240);
  yield "(".repeat(240) + "a" + "-)+".repeat(240);
  yield "(a{3}" + "(b|c){2}".repeat(120) + "-){6}";
  const words = Array.from({ length: 240 }, (_, index) => `a${index}`);
  yield `(${words.join("|")})+`.slice(0, 1000);
  yield `(${"|".repeat(900)})*`;
  yield "(?:a?b".repeat(150) + ")*".repeat(150);
  yield "a*b*".repeat(250);
  yield "(a{999}){999}".repeat(70);
}
