import { assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { getQueryStringOverride } from "../../../core/url/get_query_string_override.ts";
import { runs } from "../../support/runs.ts";

type Row = readonly [
  fact: string,
  key: string,
  url: string,
  expected: number | null,
];

const rows: readonly Row[] = [
  ["finds the variation", "k", "https://example.com/?k=1", 1],
  ["finds it behind other parameters", "k", "/?a=2&k=1", 1],
  ["finds it in a relative URL", "k", "?k=1", 1],
  [
    "gives null for a URL without a query",
    "k",
    "https://example.com/k=1",
    null,
  ],
  ["gives null for an empty URL", "k", "", null],
  ["gives null for a parameter without a value", "k", "/?k", null],
  ["gives null for an empty value", "k", "/?k=", null],
  ["gives null for a value that is no number", "k", "/?k=one", null],
  ["gives null for a negative number", "k", "/?k=-1", null],
  ["gives null for a number past the last variation", "k", "/?k=3", null],
  ["takes the last variation", "k", "/?k=2", 2],
  ["ignores what follows the number", "k", "/?k=1abc", 1],
  ["cuts off decimals", "k", "/?k=1.9", 1],
  ["reads hexadecimal numbers", "k", "/?k=0x2", 2],
  ["skips white space before the number", "k", "/?k= +1", 1],
  ["does not decode the value", "k", "/?k=%31", null],
  ["ignores what follows a second equals sign", "k", "/?k=1=2", 1],
  ["does not decode the key", "a b", "/?a%20b=1", null],
  ["compares the key as it stands", "a%20b", "/?a%20b=1", 1],
  ["compares the key with regard to case", "k", "/?K=1", null],
  ["finds no key with an equals sign", "a=b", "/?a=b=1", null],
  ["takes the first occurrence of the key", "k", "/?k=1&k=2", 1],
  ["takes it even where it is no number", "k", "/?k=x&k=1", null],
  ["takes it even where it has no value", "k", "/?k&k=1", null],
  ["accepts an empty key", "", "/?=1", 1],
  ["ignores the fragment", "k", "/?a=1#k=1", null],
  ["cuts a fragment off the value", "k", "/?k=1#2", 1],
  ["reads a query within the fragment", "k", "/#h?k=1", 1],
  ["stops at a second question mark", "k", "/?a=1?k=1", null],
  ["takes what stands before a second question mark", "k", "/?k=1?k=2", 1],
  ["ends a fragment at the end of its line", "k", "/?k=#x\n1", 1],
  ["leaves a fragment out of a name of two lines", "k\nl", "/?k#x\nl=1", 1],
];

for (const [fact, key, url, expected] of rows) {
  Deno.test(`getQueryStringOverride() ${fact}`, () => {
    assertEquals(getQueryStringOverride(key, url, 3), expected);
  });
}

Deno.test("getQueryStringOverride() gives null for what is no string", () => {
  for (const url of [undefined, null, 5, {}, ["?k=1"]]) {
    assertStrictEquals(getQueryStringOverride("k", url as string, 2), null);
  }
  assertStrictEquals(getQueryStringOverride(5 as never, "?5=1", 2), null);
});

Deno.test("getQueryStringOverride() always gives null or the index of a variation", () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      fc.oneof(fc.string(), fc.integer().map(String)),
      fc.nat(),
      (url, key, value, count) => {
        const variation = getQueryStringOverride(
          key,
          `${url}?${key}=${value}`,
          count,
        );
        return variation === null ||
          Number.isInteger(variation) && variation >= 0 && variation < count;
      },
    ),
    runs(100),
  );
});
