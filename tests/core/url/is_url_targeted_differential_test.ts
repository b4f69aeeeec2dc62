import { isURLTargeted } from "@growthbook/growthbook";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { isUrlTargeted } from "../../../core/url/is_url_targeted.ts";
import type { UrlTarget } from "../../../core/types/experiment.ts";

const scheme = fc.constantFrom(
  ...["", "", "http://", "https://", "HTTP://", "//", "custom://", "custom:"],
  ...["mailto:", "file:///", "http:", "https:\\\\", "localhost:", "*://"],
  ...["blob:http://", " http://"],
);
const credentials = fc.constantFrom("", "", "", "", "", "u@", "u:p@", "u:*@");
const host = fc.constantFrom(
  ...["a.com", "a.com", "A.com", "b.a.com", "localhost", "é.com", "[::1]", ""],
  ...["*.com", "*", "a*", "_____.com", "a_b.com", "%61.com", "a.com.", "127.1"],
);
const port = fc.constantFrom("", "", "", "", ":80", ":443", ":81", ":*", ":x");
const unit = fc.constantFrom(
  ...["x", "x", "y", "X", "Y", "*", "*", "_____", "_", "******", ".", "..", ""],
  ...["é", "É", "%C3%A9", "%c3%a9", "ß", "ss", "ſ", "s", "\u212a", "k", "ς"],
  ...["😀", "\ud800", "%0A", "\n", "%E2%80%A8", "%00", " ", "%20", "+", "%2B"],
  ...["^", "$", "(", ")", "[", "]", "{", "}", "|", "\\", "?", "-", "%2F", "%"],
  ...["%5F%5F%5F%5F%5F", "%2A", "&", "=", ";", ":", "@", "'", '"', "<"],
);
const text = joined(unit, 3);
const slashes = fc.constantFrom("", "", "/", "/", "//");
const path = fc.tuple(slashes, joined(text, 3, "/"), slashes)
  .map((parts) => parts.join(""));
const parameter = fc.tuple(
  fc.constantFrom("q", "q", "q", "r", "Q", "a b", "%71", "q*", "", "__proto__"),
  fc.constantFrom("=", "=", ""),
  fc.oneof(fc.constantFrom("", "1", "1", "2", "a", "A", "a*", "*"), text),
).map((parts) => parts.join(""));
const query = fc.oneof(
  { weight: 2, arbitrary: fc.constant("") },
  joined(parameter, 3, "&").map((text) => `?${text}`),
);
const fragment = fc.oneof(
  { weight: 3, arbitrary: fc.constant("") },
  fc.constantFrom("#", "#f", "#F", "#*", "#é", "#f?q=1"),
);
const url = fc.tuple(scheme, credentials, host, port, path, query, fragment)
  .map(([scheme, credentials, host, port, path, query, fragment]) =>
    scheme + credentials + host + port + path + query + fragment
  );

/** A pattern made from the URL, so that many match. */
const edit = fc.oneof(
  fc.tuple(fc.nat(40), fc.nat(5), fc.oneof(fc.constantFrom("*", "/"), unit))
    .map(([at, length, text]) => (url: string) =>
      url.slice(0, at) + text + url.slice(at + length)
    ),
  fc.constantFrom(
    (url: string) => url.toUpperCase(),
    (url: string) => url.replace(/^[a-z]*:?\/\//i, ""),
    (url: string) => url.replace(/^[a-z]+:\/\/[^/]*/i, ""),
    (url: string) => url.replace(/[?&][^&#]*/, ""),
    (url: string) => url.replace(/#.*/, ""),
    (url: string) => url.replace(/\/$/, ""),
    (url: string) => `${url}/`,
  ),
);
const urlAndSimple = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(url, fc.array(edit, { maxLength: 2 }))
      .map(([url, edits]): [string, string] => [
        url,
        edits.reduce((text, edit) => edit(text), url),
      ]),
  },
  { weight: 1, arbitrary: fc.tuple(url, url) },
);
const regex = joined(
  fc.constantFrom(
    ...["a", "x", ".", "*", "/", "\\/", "^", "$", "[a-z]", "[^/]", "(", ")"],
    ...["|", "?", "\\.", "com", "https", "://", "[/]", "\\\\", "\\?", "#", "X"],
  ),
  5,
);
const target: fc.Arbitrary<UrlTarget> = fc.oneof(
  fc.record({
    include: fc.boolean(),
    type: fc.constant("simple" as const),
    pattern: fc.oneof(path, url),
  }),
  fc.record({
    include: fc.boolean(),
    type: fc.constant("regex" as const),
    pattern: regex,
  }),
);

Deno.test("isUrlTargeted() agrees with the official SDK on simple patterns", () => {
  let matches = 0;
  fc.assert(
    fc.property(urlAndSimple, ([url, pattern]) => {
      if (agree(url, [{ include: true, type: "simple", pattern }])) matches++;
    }),
    { seed: 20250104, numRuns: 20_000 },
  );
  assert(matches > 5_000 && matches < 15_000, `${matches} matched`);
});

Deno.test("isUrlTargeted() agrees with the official SDK on regular expressions", () => {
  fc.assert(
    fc.property(url, regex, (url, pattern) => {
      agree(url, [{ include: true, type: "regex", pattern }]);
    }),
    { seed: 20250105, numRuns: 10_000 },
  );
});

Deno.test("isUrlTargeted() agrees with the official SDK on lists", () => {
  fc.assert(
    fc.property(url, fc.array(target, { maxLength: 4 }), (url, targets) => {
      agree(url, targets);
    }),
    { seed: 20250106, numRuns: 5_000 },
  );
});

Deno.test("isUrlTargeted() agrees with the official SDK on malformed lists, false where that throws", () => {
  const malformed = fc.oneof(
    target,
    fc.record({
      include: fc.oneof(fc.boolean(), fc.constantFrom(0, 1, null, "false")),
      type: fc.constantFrom("simple", "regex", "REGEX", null, 1),
      pattern: fc.oneof(path, fc.constantFrom(null, 5, true, {}, ["/x"])),
    }, { requiredKeys: [] }),
    fc.jsonValue({ maxDepth: 2 }),
  );
  fc.assert(
    fc.property(
      url,
      fc.oneof(
        { weight: 4, arbitrary: fc.array(malformed, { maxLength: 4 }) },
        fc.jsonValue(),
        fc.record({ length: fc.integer({ max: 3 }), 0: target, 1: target }),
      ),
      (url, targets) => {
        agree(url, targets as UrlTarget[]);
      },
    ),
    { seed: 20250107, numRuns: 5_000 },
  );
});

function agree(url: string, targets: readonly UrlTarget[]): boolean {
  const expected = official(url, targets);
  assertEquals(isUrlTargeted(url, targets), expected);
  return expected;
}

/** The official SDK prints what it catches, and throws the rest. */
function official(url: string, targets: readonly UrlTarget[]): boolean {
  const logged = console.error;
  console.error = () => {};
  try {
    return isURLTargeted(url, targets as UrlTarget[]);
  } catch {
    return false;
  } finally {
    console.error = logged;
  }
}

function joined(
  part: fc.Arbitrary<string>,
  maxLength: number,
  separator = "",
): fc.Arbitrary<string> {
  return fc.array(part, { maxLength }).map((parts) => parts.join(separator));
}
