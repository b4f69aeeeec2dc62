import { assertEquals } from "@std/assert";
import { readRetryAfter } from "../../../../adapters/growthbook/http/read_retry_after.ts";

const now = Date.parse("2026-01-01T00:00:00Z");

Deno.test("readRetryAfter() reads seconds", () => {
  assertEquals(["0", "7", " 120 "].map((text) => readRetryAfter(text, now)), [
    0,
    7_000,
    120_000,
  ]);
});

Deno.test("readRetryAfter() reads a date, and takes one that has passed for now", () => {
  assertEquals(readRetryAfter("Thu, 01 Jan 2026 00:01:00 GMT", now), 60_000);
  assertEquals(readRetryAfter("Thu, 01 Jan 2015 00:01:00 GMT", now), 0);
});

Deno.test("readRetryAfter() gives null for what is neither", () => {
  for (
    const text of [
      null,
      "",
      "soon",
      "-5",
      "1.5",
      "1e3",
      "9999999999",
      "2026-01-02",
    ]
  ) {
    assertEquals(readRetryAfter(text, now), null, `${text}`);
  }
});
