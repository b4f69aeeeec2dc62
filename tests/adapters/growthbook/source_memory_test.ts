import { assertEquals, assertStrictEquals } from "@std/assert";
import { evolveMemory } from "../../../adapters/growthbook/source_memory.ts";

const known = { features: {} };
const last = {
  payload: known,
  issues: [],
  etag: "one",
  body: "{}",
  time: 1,
  offersStreaming: true,
};
const came = { features: { dark: {} } };
const candidate = { payload: came, issues: [], etag: null, body: "came" };

Deno.test("evolveMemory() remembers what is new, and what the server said of streaming", () => {
  const first = evolveMemory(null, candidate, "new", null, 5);
  assertEquals(first, { ...candidate, time: 5, offersStreaming: false });
  const next = evolveMemory(last, candidate, "new", null, 5);
  assertEquals(next, { ...candidate, time: 5, offersStreaming: true });
  assertEquals(
    evolveMemory(last, candidate, "new", false, 5).offersStreaming,
    false,
  );
});

Deno.test("evolveMemory() keeps what is the same, with a later tag and date", () => {
  const equal = { ...candidate, payload: { features: {} } };
  const same = evolveMemory(last, equal, "same", null, 5);
  assertEquals(same, { ...last, time: 5 });
  assertStrictEquals(same.payload, known);
  const dated = { features: {}, dateUpdated: "2026-01-01T00:00:00Z" };
  const later = evolveMemory(
    last,
    { ...candidate, payload: dated, etag: "two" },
    "same",
    null,
    5,
  );
  assertEquals(later, { ...last, payload: dated, etag: "two", time: 5 });
});

Deno.test("evolveMemory() takes of an older payload only what the server said of streaming", () => {
  for (const verdict of ["older", "overtaken"] as const) {
    assertEquals(evolveMemory(last, candidate, verdict, null, 5), last);
    assertEquals(
      evolveMemory(last, candidate, verdict, false, 5),
      { ...last, offersStreaming: false },
    );
  }
});
