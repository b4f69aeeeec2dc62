import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { compileLegacyUrl } from "../../../core/url/compile_legacy_url.ts";
import { runs } from "../../support/runs.ts";

type Row = readonly [
  fact: string,
  pattern: RegExp,
  url: string,
  expected: boolean,
];

const rows: readonly Row[] = [
  ["tests the whole URL", /^http:\/\/a\.com\/x$/, "http://a.com/x", true],
  [
    "tests the URL without scheme and host",
    /^\/x\?q=1#f$/,
    "http://a.com/x?q=1#f",
    true,
  ],
  ["does not match elsewhere", /^x/, "http://a.com/x", false],
  ["regards case", /X/, "http://a.com/x", false],
  ["obeys the i flag", /X/i, "http://a.com/x", true],
  ["does not normalise the URL", /^HTTP:/, "HTTP://a.com", true],
  [
    "takes credentials and port for the host",
    /^\/x$/,
    "http://u:p@a.com:81/x",
    true,
  ],
  [
    "keeps the host where no slash follows",
    /^a\.com\?x$/,
    "http://a.com?x",
    true,
  ],
  [
    "leaves the slashes of an upper-case scheme",
    /^\/\/a\.com\/x$/,
    "HTTP://a.com/x",
    true,
  ],
  ["leaves the slashes of another scheme", /^\/\/a\/x$/, "custom://a/x", true],
  [
    "keeps the slashes of a URL without a scheme",
    /^\/\/a\.com\/x$/,
    "//a.com/x",
    true,
  ],
  ["takes the start of a relative URL for the host", /^\/x$/, "a.com/x", true],
  ["keeps a path", /^\/a\/x$/, "/a/x", true],
  ["is false without a URL", /^$/, "", false],
  ["starts at the start with a y flag", /a/y, "http://a.com/", false],
  ["starts anew without scheme and host", /\/x/y, "http://a.com/x", true],
];

for (const [fact, pattern, url, expected] of rows) {
  Deno.test(`compileLegacyUrl() ${fact}`, () => {
    assertEquals(compileLegacyUrl(pattern)(url), expected);
  });
}

Deno.test("compileLegacyUrl() is false for a missing URL", () => {
  assertEquals(compileLegacyUrl(/./)(undefined as never), false);
});

Deno.test("compileLegacyUrl() is false for patterns of other kinds", () => {
  for (
    const pattern of ["x", "", undefined, null, 5, true, {}, ["x"], {
      source: "x",
      flags: "",
    }]
  ) {
    assertEquals(compileLegacyUrl(pattern)("http://a.com/x"), false);
  }
});

Deno.test("compileLegacyUrl() never changes an expression, nor depends on its state", () => {
  const flags = fc.constantFrom("", "g", "y", "gy", "gi");
  fc.assert(
    fc.property(flags, fc.nat(20), fc.webUrl(), (flags, at, url) => {
      const pattern = new RegExp("[a-m]/?", flags);
      const fresh = compileLegacyUrl(pattern)(url);
      pattern.lastIndex = at;
      assertEquals(compileLegacyUrl(pattern)(url), fresh);
      assertEquals(compileLegacyUrl(pattern)(url), fresh);
      assertEquals(pattern.lastIndex, at);
    }),
    runs(100),
  );
});
