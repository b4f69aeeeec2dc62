import { assertEquals } from "@std/assert";
import { isCrossOrigin } from "../../../core/url/is_cross_origin.ts";

type Row = readonly [
  fact: string,
  current: string,
  target: string,
  expected: boolean,
];

const rows: readonly Row[] = [
  ["is false for another path", "http://a.com/x", "http://a.com/y", false],
  ["is true for another host", "http://a.com/", "http://b.com/", true],
  ["is true for a subdomain", "http://a.com/", "http://b.a.com/", true],
  ["is true for a final dot", "http://a.com/", "http://a.com./", true],
  ["is true for another scheme", "http://a.com/", "https://a.com/", true],
  ["is true for another port", "http://a.com/", "http://a.com:81/", true],
  ["ignores a default port", "http://a.com/", "http://a.com:80/", false],
  ["ignores case", "http://a.com/", "HTTP://A.com/", false],
  ["ignores credentials", "http://a.com/", "http://u:p@a.com/", false],
  [
    "compares hosts as normalised",
    "http://é.com/",
    "http://xn--9ca.com/",
    false,
  ],
  [
    "compares addresses as normalised",
    "http://127.1/",
    "http://127.0.0.1/",
    false,
  ],
  ["is true for another host of a custom scheme", "x://a/", "x://b/", true],
  ["is false within a custom scheme", "x://a/1", "x://a/2", false],
  ["is true between custom schemes", "x:a", "y:a", true],
  ["is true for a relative current URL", "/x", "http://a.com/", true],
  ["is true for a relative target", "http://a.com/", "/x", true],
  ["is true where both are relative", "/x", "/x", true],
];

for (const [fact, current, target, expected] of rows) {
  Deno.test(`isCrossOrigin() ${fact}`, () => {
    assertEquals(isCrossOrigin(current, target), expected);
  });
}
