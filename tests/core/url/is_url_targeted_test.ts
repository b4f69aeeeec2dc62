import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { isUrlTargeted } from "../../../core/url/is_url_targeted.ts";
import type { UrlTarget } from "../../../core/types/experiment.ts";
import { runs } from "../../support/runs.ts";

type Row = readonly [
  fact: string,
  pattern: string,
  url: string,
  expected: boolean,
];

const simple: readonly Row[] = [
  ["matches the same URL", "https://a.com/x", "https://a.com/x", true],
  ["ignores the scheme", "https://a.com/x", "http://a.com/x", true],
  ["ignores another scheme", "ftp://a.com/x", "custom://a.com/x", true],
  ["ignores credentials of the URL", "a.com/x", "http://u:p@a.com/x", true],
  [
    "ignores credentials of the pattern",
    "http://u:p@a.com/x",
    "http://a.com/x",
    true,
  ],
  ["ignores the case of hosts", "A.com", "http://a.com", true],
  ["ignores the case of paths", "/X/y", "/x/Y", true],
  ["ignores the case of percent escapes", "/é", "/%c3%a9", true],
  ["compares encoded letters with regard to case", "/é", "/É", false],
  [
    "ignores the case of other scripts in hosts",
    "é.com",
    "https://É.com",
    true,
  ],
  ["does not decode paths", "/A", "/%41", false],
  ["does not take an encoded slash for one", "/a/b", "/a%2fb", false],
  ["takes a backslash for a slash", "/a/b", "/a\\b", true],
  ["resolves dots in the pattern", "/a/../b", "/b", true],
  ["resolves dots in the URL", "/b", "/a/../b", true],
  ["takes special characters literally", "/a(b)[c]", "/a(b)[c]", true],
  ["takes a dot literally", "/a.b", "/axb", false],
  ["takes a bar literally", "/a|b", "/a", false],

  ["takes a start with a dot for a host", "a.com/x", "https://a.com/x", true],
  [
    "takes a start without a dot for a path",
    "localhost/x",
    "http://localhost/x",
    false,
  ],
  [
    "takes a start without a dot for a path on any host",
    "localhost/x",
    "http://a.com/localhost/x",
    true,
  ],
  [
    "takes a start with a port but no dot for a scheme",
    "localhost:3000/x",
    "http://localhost:3000/x",
    false,
  ],
  [
    "accepts such a host behind a scheme",
    "http://localhost:3000/x",
    "http://localhost:3000/x",
    true,
  ],
  [
    "accepts such a host behind slashes",
    "//localhost:3000/x",
    "http://localhost:3000/x",
    true,
  ],
  ["takes a file name for a host", "x.html", "/x.html", false],
  ["takes a file name behind a slash for a path", "/x.html", "/x.html", true],
  [
    "does not look for a host behind a question mark",
    "?q=x.y",
    "/?q=x.y",
    true,
  ],
  ["looks for a host within a fragment", "#x.y", "/#x.y", false],
  ["matches any host without one", "/x", "https://a.com/x", true],
  ["matches a relative URL without a host", "/x", "x", true],
  ["matches no relative URL with a host", "a.com/x", "/x", false],
  ["does not match subdomains", "a.com", "https://www.a.com", false],

  ["compares ports", "a.com:81", "http://a.com:81", true],
  ["does not match a port without one", "a.com", "http://a.com:81", false],
  [
    "ignores the default port of the scheme",
    "http://a.com:80",
    "http://a.com",
    true,
  ],
  [
    "takes 443 for the default without a scheme",
    "a.com:443",
    "https://a.com",
    true,
  ],
  ["does not take 80 for it", "a.com:80", "http://a.com", false],
  ["matches no wildcard port", "a.com:*", "http://a.com:81", false],
  ["matches a port with a wildcard host", "a.com*", "http://a.com:81", true],

  ["ignores a slash at the end of the URL", "a", "/a/", true],
  ["ignores a slash at the end of the pattern", "/a/", "/a", true],
  ["ignores one slash of the URL, not two", "a", "/a//", false],
  ["ignores one slash of the pattern, not two", "/a//", "/a", false],
  ["compares the slashes it does not ignore", "/a//", "/a//", true],
  ["takes two slashes at the start for a host", "/a", "//a", false],
  ["matches the root with an empty pattern", "", "https://a.com/", true],
  ["matches nothing else with an empty pattern", "", "/x", false],
  ["matches the path of a URL without slashes", "/x", "mailto:x", true],
  ["matches the path of a file", "/x", "file:///x", true],

  ["lets a wildcard stand for anything", "*", "https://a.com/x", true],
  ["lets it stand for nothing", "/a*", "/a", true],
  ["lets it stand for slashes", "/a*d", "/a/b/c/d", true],
  ["lets it stand for a subdomain", "*.com/x", "https://a.com/x", true],
  [
    "lets it stand for a host behind a scheme",
    "https://*/x",
    "https://a.com/x",
    true,
  ],
  ["takes it for a path without a dot", "*/x", "https://a.com/b/x", true],
  ["lets it stand for no segment", "/*/c", "/c", true],
  ["matches no wildcard scheme", "*://a.com/x", "http://a.com/x", false],
  ["takes five underscores for a wildcard", "/a_____", "/abc", true],
  ["takes four underscores literally", "/a____", "/abcde", false],
  ["takes a sixth underscore literally", "/______", "/a", false],
  [
    "takes encoded underscores for a wildcard in a value",
    "?q=%5F%5F%5F%5F%5F",
    "/?q=a",
    true,
  ],
  ["takes an encoded star literally", "?q=%2A", "/?q=a", false],
  ["matches an encoded star with a star", "?q=%2A", "/?q=*", true],
  ["does not let a wildcard cross lines", "?q=a*", "/?q=a%0Ab", false],
  ["does not let it cross other line ends", "?q=a*b", "/?q=a%E2%80%A8b", false],
  ["matches an encoded line end with itself", "?q=a%0A*", "/?q=a%0Ab", true],

  ["ignores parameters that the pattern lacks", "/x", "/x?q=1", true],
  ["ignores an empty query of the pattern", "/x?", "/x", true],
  ["needs the parameters of the pattern", "/?q=1", "/", false],
  ["compares a value", "/?q=1", "/?q=2", false],
  ["ignores the order of parameters", "/?q=1&r=2", "/?r=2&q=1", true],
  ["ignores the case of values", "/?q=a", "/?q=A", true],
  ["regards the case of names", "/?q=a", "/?Q=a", false],
  ["decodes values", "/?q=%61 b", "/?q=a+b", true],
  ["decodes names", "/?%71=a", "/?q=a", true],
  ["takes a missing parameter for an empty one", "/?q=", "/", true],
  ["takes a parameter without a value for an empty one", "/?q", "/?q=", true],
  ["needs an empty value to be empty", "/?q", "/?q=1", false],
  ["matches a missing parameter with a wildcard", "/?q=*", "/", true],
  ["takes the first of repeated parameters", "/?q=1", "/?q=1&q=2", true],
  ["ignores the others of them", "/?q=2", "/?q=1&q=2", false],
  [
    "compares each repeat in the pattern with the first",
    "/?q=1&q=2",
    "/?q=1&q=2",
    false,
  ],
  ["has no wildcards in names", "/?q*=1", "/?qa=1", false],
  ["takes a wildcard in a name for underscores", "/?q*=1", "/?q_____=1", true],
  ["keeps ASCII apart from its look-alikes", "/?q=k", "/?q=\u212a", false],
  ["keeps a letter apart from its two-letter form", "/?q=ß", "/?q=ss", false],
  ["ignores the case of other scripts in values", "/?q=ς", "/?q=Σ", true],
  ["finds parameters with odd names", "/?__proto__=1", "/?__proto__=1", true],
  ["does not find what is not there", "/?constructor=*a*", "/", false],

  ["ignores a fragment that the pattern lacks", "/", "/#f", true],
  ["ignores an empty fragment of the pattern", "/#", "/#f", true],
  ["compares a fragment", "/#f", "/#g", false],
  ["ignores the case of fragments", "/#f", "/#F", true],
  ["needs a fragment, even with a wildcard", "/#*", "/", false],
  ["looks for no parameters in a fragment", "/?q=1", "/#f?q=1", false],

  ["matches nothing with an invalid pattern", "http://[", "http://[", false],
  ["matches no invalid URL", "*", "http://[", false],
];

const regex: readonly Row[] = [
  [
    "tests the whole URL",
    "^https://a\\.com/x\\?q=1#f$",
    "https://a.com/x?q=1#f",
    true,
  ],
  [
    "tests what follows the host",
    "^/x\\?q=1#f$",
    "https://a.com/x?q=1#f",
    true,
  ],
  ["matches anywhere", "com", "https://a.com/x", true],
  ["regards case", "X", "/x", false],
  [
    "tests the URL as normalised",
    "^http://a\\.com/%C3%89$",
    "HTTP://A.com:80/É",
    true,
  ],
  ["resolves a relative URL", "^https://_/x$", "x", true],
  ["accepts escaped slashes", "^\\/x\\/y$", "/x/y", true],
  ["accepts slashes in a class", "^[/]x", "/x", true],
  ["reads no slashes around it", "/x/", "/x", false],
  ["matches everything with an empty pattern", "", "/x", true],
  ["matches nothing with an invalid pattern", "(", "/(", false],
  ["matches no invalid URL", "", "http://[", false],
  [
    "cuts a URL with credentials in the wrong place",
    "^\\.com/x$",
    "http://u:p@a.com/x",
    true,
  ],
  [
    "does not see the path of such a URL alone",
    "^/x$",
    "http://u:p@a.com/x",
    false,
  ],
  ["cuts four characters off a URL without a host", "^to:x$", "mailto:x", true],
];

for (const [type, rows] of [["simple", simple], ["regex", regex]] as const) {
  for (const [fact, pattern, url, expected] of rows) {
    Deno.test(`isUrlTargeted() (${type}) ${fact}`, () => {
      const targets = [{ include: true, type, pattern }] as const;
      assertEquals(isUrlTargeted(url, targets), expected);
    });
  }
}

const yes = { include: true, type: "simple", pattern: "/x" };
const otherYes = { include: true, type: "simple", pattern: "/y" };
const no = { include: false, type: "simple", pattern: "/x" };
const otherNo = { include: false, type: "simple", pattern: "/y" };

const lists: readonly [fact: string, targets: unknown, expected: boolean][] = [
  ["is false without targets", [], false],
  ["needs one target to match", [otherYes, yes], true],
  ["is false when none matches", [otherYes, otherNo], false],
  ["is false when a target rules the URL out", [yes, no], false],
  ["is true when no target rules it out", [yes, otherNo], true],
  ["is true when all targets rule other URLs out", [otherNo], true],
  ["is false for a missing list", undefined, false],
  ["is false for null", null, false],
  ["is false for a string", "abc", false],
  ["is false for a number", 5, false],
  ["is false for a record", {}, false],
  ["takes a record with a length for a list", { length: 1, 0: yes }, true],
  ["is false where such a record has a hole", { length: 2, 0: yes }, false],
  ["is false beside null", [yes, null], false],
  ["is false beside null where others rule out", [otherNo, null], false],
  ["is false for a hole", [undefined], false],
  ["is false for an empty target", [{}], false],
  ["is false for numbers and strings as targets", [5, "x"], false],
  [
    "is false for a target without a type",
    [{ ...yes, type: undefined }],
    false,
  ],
  ["is false for an unknown type", [{ ...yes, type: "SIMPLE" }], false],
  [
    "is true for an unknown type that would rule out",
    [{ ...no, type: "?" }],
    true,
  ],
  [
    "is false for a missing pattern",
    [{ include: true, type: "simple" }],
    false,
  ],
  ["is true for a missing pattern that would rule out", [{
    include: false,
    type: "regex",
  }], true],
  ["is false for a simple pattern that is no string", [{
    ...yes,
    pattern: ["/x"],
  }], false],
  ["is false for a regular expression that is no string", [{
    include: true,
    type: "regex",
    pattern: 5,
  }], false],
  ["is true for an invalid expression that would rule out", [{
    include: false,
    type: "regex",
    pattern: "(",
  }], true],
  [
    "takes a missing include for true",
    [{ type: "simple", pattern: "/x" }],
    true,
  ],
  ["takes null for include for true", [{ ...yes, include: null }], true],
  ["takes 0 for include for true", [{ ...yes, include: 0 }], true],
  ["takes the text false for include for true", [{
    ...otherYes,
    include: "false",
  }], false],
];

for (const [fact, targets, expected] of lists) {
  Deno.test(`isUrlTargeted() (list) ${fact}`, () => {
    assertEquals(isUrlTargeted("https://a.com/x", targets as never), expected);
  });
}

Deno.test("isUrlTargeted() takes an empty URL for the root", () => {
  const root: UrlTarget = {
    include: true,
    type: "regex",
    pattern: "^https://_/$",
  };
  assertEquals(isUrlTargeted("", [root]), true);
});

Deno.test("isUrlTargeted() matches an invalid URL where targets only rule out", () => {
  assertEquals(isUrlTargeted("http://[", [otherNo] as UrlTarget[]), true);
});

Deno.test("isUrlTargeted() targets no URL that a pattern would take too long on", () => {
  const slow = { type: "regex", pattern: "(a+)+\\1$" } as const;
  const url = `https://a.com/${"a".repeat(40)}!`;
  assertEquals(isUrlTargeted(url, [{ ...slow, include: false }]), false);
  assertEquals(isUrlTargeted(url, [{ ...slow, include: true }]), false);
});

Deno.test("isUrlTargeted() gives the same answer each time", () => {
  const targets = [yes, otherNo] as UrlTarget[];
  const urls = ["/x", "/y", "/x", "/y", "/z", "/x"];
  assertEquals(
    urls.map((url) => isUrlTargeted(url, targets)),
    [true, false, true, false, false, true],
  );
});

Deno.test("isUrlTargeted() never throws", () => {
  const target = fc.record({
    include: fc.oneof(fc.boolean(), fc.jsonValue()),
    type: fc.oneof(fc.constantFrom("simple", "regex"), fc.jsonValue()),
    pattern: fc.oneof(fc.string(), fc.webUrl(), fc.jsonValue()),
  }, { requiredKeys: [] });
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.webUrl(), fc.anything()),
      fc.oneof(fc.array(fc.oneof(target, fc.jsonValue())), fc.jsonValue()),
      (url, targets) => {
        const answer = isUrlTargeted(url as string, targets as never);
        assert(typeof answer === "boolean");
      },
    ),
    runs(100),
  );
});
