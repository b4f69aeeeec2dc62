import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { createReader } from "../../../adapters/sources/create_reader.ts";
import type { ReadPayload } from "../../../adapters/sources/read_payload.ts";
import type { Payload } from "../../../mod.ts";

/** A reader by a clock on which time passes, and what it gave. */
function open(previous: Payload | null = null) {
  const timers: (() => void)[] = [];
  let time = 0;
  const reader = createReader({
    clock: {
      now: () => 0,
      monotonic: () => time += 10,
      setTimer: (callback) => {
        timers.push(callback);
        return () => {};
      },
    },
    payload: () => previous,
  });
  const given: ReadPayload[] = [];
  return {
    given,
    timers,
    stop: reader.stop,
    take: (input: unknown, isAtOnce = false) =>
      reader.take(input, (read) => given.push(read), isAtOnce),
    /** Gives turns until the reader wants no more of them; tells how many there were. */
    giveTurns: async () => {
      for (let turns = 0;; turns++) {
        for (let pause = 0; pause < 10; pause++) await Promise.resolve();
        const next = timers.shift();
        if (next === undefined) return turns;
        next();
      }
    },
  };
}

function many(count: number): Payload {
  const names = Array.from({ length: count }, (_, index) => `f${index}`);
  return {
    features: Object.fromEntries(
      names.map((name) => [name, { defaultValue: name }]),
    ),
  };
}

Deno.test("a reader reads up to two thousand definitions at once", () => {
  const { take, given } = open();
  take(many(1_999));
  assertEquals(given.map(({ payload }) => payload), [many(1_999)]);
});

Deno.test("a reader reads more than that in turns", async () => {
  const { take, given, giveTurns } = open();
  take(many(5_000));
  assertEquals(given, []);
  assert(await giveTurns() > 50);
  assertEquals(given, [{
    payload: many(5_000),
    issues: [],
    refusal: null,
    isMap: false,
  }]);
});

Deno.test("a reader reads everything at once where it has to", () => {
  const { take, given } = open();
  take(many(5_000), true);
  assertEquals(given.length, 1);
});

Deno.test("a reader keeps what is the same in the payload before", async () => {
  const previous = many(5_000);
  const { take, given, giveTurns } = open(previous);
  take({ features: { ...many(5_000).features, f7: {} } });
  await giveTurns();
  const { features } = given[0]!.payload;
  assertStrictEquals(features["f6"], previous.features["f6"]);
  assertEquals(features["f7"], {});
});

Deno.test("a reader drops a payload that a later one has overtaken", async () => {
  const { take, given, giveTurns } = open();
  take(many(5_000));
  take(many(1));
  await giveTurns();
  assertEquals(given.map(({ payload }) => payload), [many(1)]);
});

Deno.test("a reader that is stopped gives nothing", async () => {
  const { take, given, giveTurns, stop } = open();
  take(many(5_000));
  stop();
  await giveTurns();
  assertEquals(given, []);
});
