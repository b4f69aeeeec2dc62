import { assertEquals, assertStrictEquals } from "@std/assert";
import { evolveMemory } from "../../../adapters/growthbook/source_memory.ts";

const known = { features: {} };
const last = {
  payload: known,
  issues: [],
  etag: "one",
  body: "{}",
  time: 1,
};
const came = { features: { dark: {} } };
const candidate = { payload: came, issues: [], etag: null, body: "came" };

Deno.test("evolveMemory() remembers what is new", () => {
  const first = evolveMemory(null, candidate, "new", 5);
  assertEquals(first, { ...candidate, time: 5 });
  assertEquals(evolveMemory(last, candidate, "new", 5), first);
});

Deno.test("evolveMemory() keeps what is the same, with a later tag and date", () => {
  const equal = { ...candidate, payload: { features: {} } };
  const same = evolveMemory(last, equal, "same", 5);
  assertEquals(same, { ...last, time: 5 });
  assertStrictEquals(same.payload, known);
  const dated = { features: {}, dateUpdated: "2026-01-01T00:00:00Z" };
  const later = { ...candidate, payload: dated, etag: "two" };
  assertEquals(
    evolveMemory(last, later, "same", 5),
    { ...last, payload: dated, etag: "two", time: 5 },
  );
});

Deno.test("evolveMemory() takes nothing of an older payload", () => {
  for (const verdict of ["older", "overtaken"] as const) {
    assertStrictEquals(evolveMemory(last, candidate, verdict, 5), last);
  }
});
