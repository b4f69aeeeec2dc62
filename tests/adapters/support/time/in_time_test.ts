import { assertEquals, assertRejects } from "@std/assert";
import { inTime } from "../../../../adapters/support/time/in_time.ts";
import { manualClock } from "../../../support/manual_clock.ts";

function open() {
  const clock = manualClock();
  const ending = new AbortController();
  const wait = {
    what: "an answer",
    timeout: 100,
    ended: ending.signal,
    clock,
  };
  const signals: AbortSignal[] = [];
  const hang = (signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<never>(() => {});
  };
  return { clock, ending, wait, signals, hang };
}

Deno.test("inTime() gives what the action gives, and leaves no timer", async () => {
  const { clock, wait } = open();
  assertEquals(await inTime(() => Promise.resolve(1), wait), 1);
  assertEquals(await inTime(() => 2, wait), 2);
  assertEquals(clock.timers(), []);
});

Deno.test("inTime() rejects with what the action rejects with, or throws", async () => {
  const { clock, wait } = open();
  const error = new Error("Gone");
  await assertRejects(
    () => inTime(() => Promise.reject(error), wait),
    Error,
    "Gone",
  );
  await assertRejects(
    () =>
      inTime(() => {
        throw error;
      }, wait),
    Error,
    "Gone",
  );
  assertEquals(clock.timers(), []);
});

Deno.test("inTime() gives up, and aborts, when the time is over", async () => {
  const { clock, wait, signals, hang } = open();
  const answer = inTime(hang, wait);
  clock.advance(99);
  assertEquals(signals[0]?.aborted, false);
  clock.advance(1);
  await assertRejects(
    () => answer,
    Error,
    "Cannot wait for an answer any longer than 100 ms",
  );
  assertEquals(signals[0]?.aborted, true);
});

Deno.test("inTime() ends with what it was told ends it, and asks nothing after that", async () => {
  const { clock, ending, wait, signals, hang } = open();
  const answer = inTime(hang, wait);
  ending.abort();
  await assertRejects(() => answer);
  assertEquals(signals[0]?.aborted, true);
  await assertRejects(() => inTime(hang, wait));
  assertEquals(signals.length, 1);
  assertEquals(clock.timers(), []);
});
