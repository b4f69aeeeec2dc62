import { assertEquals } from "@std/assert";
import { readRetryAfter as readHeader } from "../../../../adapters/support/http/read_retry_after.ts";

const now = Date.parse("2026-01-01T00:00:00Z");

function readRetryAfter(
  text: string | null,
  now: number,
  date: string | null = null,
): number | null {
  const headers = new Map([["retry-after", text], ["date", date]]);
  return readHeader((name) => headers.get(name) ?? null, { now: () => now });
}

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

Deno.test("readRetryAfter() compares a date with the server's own, whatever the clock here says", () => {
  const header = "Thu, 01 Jan 2026 00:01:00 GMT";
  const date = "Thu, 01 Jan 2026 00:00:30 GMT";
  assertEquals(readRetryAfter(header, 0, date), 30_000);
  assertEquals(readRetryAfter(header, now + 3_600_000, date), 30_000);
});
