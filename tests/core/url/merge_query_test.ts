import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { mergeQueryString } from "../../../core/url/merge_query.ts";
import { parseUrl } from "../../../core/url/parse_url.ts";
import { runs } from "../../support/runs.ts";

const query = { withQueryParameters: true, withFragments: true } as const;

type Row = readonly [
  fact: string,
  current: string,
  target: string,
  expected: string,
];

const rows: readonly Row[] = [
  [
    "adds parameters",
    "http://a.com/?x=1&y=2",
    "http://b.com/n",
    "http://b.com/n?x=1&y=2",
  ],
  [
    "adds them behind the target's",
    "http://a.com/?x=1",
    "http://b.com/?y=2",
    "http://b.com/?y=2&x=1",
  ],
  [
    "keeps the target's values",
    "http://a.com/?x=1&y=2",
    "http://b.com/?x=&x=3",
    "http://b.com/?x=&x=3&y=2",
  ],
  [
    "adds the first of repeated parameters",
    "http://a.com/?x=1&x=2",
    "http://b.com/",
    "http://b.com/?x=1",
  ],
  [
    "adds a parameter without a name",
    "http://a.com/?=1",
    "http://b.com/",
    "http://b.com/?=1",
  ],
  [
    "adds a parameter without a value",
    "http://a.com/?x",
    "http://b.com/",
    "http://b.com/?x=",
  ],
  [
    "keeps the target's fragment",
    "http://a.com/?x=1#f",
    "http://b.com/#g",
    "http://b.com/?x=1#g",
  ],
  [
    "does not add the current fragment",
    "http://a.com/?x=1#f",
    "http://b.com/",
    "http://b.com/?x=1",
  ],
  [
    "encodes as a form does",
    "http://a.com/?x=%20'%20+~!()*é%26",
    "http://b.com/",
    "http://b.com/?x=+%27++%7E%21%28%29*%C3%A9%26",
  ],
  [
    "encodes the target's query anew when it adds",
    "http://a.com/?x=1",
    "http://b.com/?a=b c&&d",
    "http://b.com/?a=b+c&d=&x=1",
  ],
  [
    "leaves the target's query when it adds nothing",
    "http://a.com/?d=1",
    "http://b.com/?a=b c&&d",
    "http://b.com/?a=b%20c&&d",
  ],
  [
    "normalises the target",
    "http://a.com/",
    "HTTP://u:p@B.com:80",
    "http://u:p@b.com/",
  ],
  [
    "replaces bytes that are not UTF-8",
    "http://a.com/?x=%ff",
    "http://b.com/",
    "http://b.com/?x=%EF%BF%BD",
  ],
  ["serves other schemes", "x:y?a=1", "mailto:z", "mailto:z?a=1"],
  ["leaves a relative target as it is", "http://a.com/?x=1", "/n a", "/n a"],
  [
    "leaves the target for a relative current URL",
    "/?x=1",
    "HTTP://b.com",
    "HTTP://b.com",
  ],
];

for (const [fact, current, target, expected] of rows) {
  Deno.test(`mergeQueryString() ${fact}`, () => {
    assertEquals(mergeQueryString(current, target), expected);
  });
}

Deno.test("mergeQueryString() adds nothing the second time", () => {
  fc.assert(
    fc.property(fc.webUrl(query), fc.webUrl(query), (current, target) => {
      const merged = mergeQueryString(current, target);
      assertEquals(mergeQueryString(current, merged), merged);
    }),
    runs(100),
  );
});

Deno.test("mergeQueryString() always keeps the target's parameters in front", () => {
  fc.assert(
    fc.property(fc.webUrl(query), fc.webUrl(query), (current, target) => {
      const before = [...parseUrl(target)!.searchParams];
      const merged = parseUrl(mergeQueryString(current, target))!;
      assertEquals([...merged.searchParams].slice(0, before.length), before);
    }),
    runs(100),
  );
});
