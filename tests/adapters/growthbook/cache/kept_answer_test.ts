import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { readKept } from "../../../../adapters/growthbook/cache/kept_answer.ts";
import { testLaw } from "../../../support/test_law.ts";

const answer = { format: 1, time: 0, offersStreaming: false, body: "{}" };

function tagOf(etag: unknown): string | null | undefined {
  return readKept(JSON.stringify({ ...answer, etag }))?.etag;
}

Deno.test("readKept() takes the tags that servers give", () => {
  for (const tag of ['"v1"', 'W/"v1"', '""', "plain", '"a b"', '"\u00fc"']) {
    assertEquals(tagOf(tag), tag);
  }
});

Deno.test("readKept() leaves out a tag that can't be sent", () => {
  const wrong = ["", " ", "a\nb", "\r\n\r\n", "\0", "\u4f60", " a", "a\t"];
  for (const tag of [...wrong, "x".repeat(1025), 7, null, {}, ['"v1"']]) {
    assertEquals(tagOf(tag), null);
  }
});

testLaw(
  "readKept() gives only tags that a request can be sent with",
  300,
  [fc.string({ unit: "binary" })],
  (etag) => {
    const tag = tagOf(etag);
    if (tag) assertEquals(new Headers({ a: tag }).get("a"), tag);
  },
);

testLaw(
  "readKept() bears what is no answer",
  300,
  [fc.oneof(fc.string(), fc.json(), fc.anything())],
  (text) => assertEquals(readKept(text), null),
);
