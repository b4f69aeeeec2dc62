import { assertEquals, assertThrows } from "@std/assert";
import { assertSpyCalls, spy } from "@std/testing/mock";
import { FakeTime } from "@std/testing/time";

Deno.test("FakeTime moves on only when it is told to", () => {
  using time = new FakeTime(0);
  const ticks: number[] = [];
  setTimeout(() => ticks.push(Date.now()), 1000);
  time.tick(999);
  assertEquals(ticks, []);
  time.tick(1);
  assertEquals(ticks, [1000]);
  assertEquals(time.now, 1000);
});

Deno.test("FakeTime forgets a timer that was cleared", () => {
  using time = new FakeTime();
  let count = 0;
  const timer = setInterval(() => count++, 10);
  time.tick(25);
  clearInterval(timer);
  time.tick(25);
  assertEquals(count, 2);
});

Deno.test("FakeTime runs what promises wait for", async () => {
  using time = new FakeTime("2026-01-01T00:00:00Z");
  let ended = false;
  const wait = async () => {
    await Promise.resolve();
    await new Promise<void>((resolve) => setTimeout(resolve, 50));
    await new Promise<void>((resolve) => setTimeout(resolve, 50));
    ended = true;
  };
  const waiting = wait();
  await time.tickAsync(100);
  assertEquals(ended, true);
  assertEquals(time.now, time.start + 100);
  await waiting;
});

Deno.test("FakeTime goes from timer to timer", async () => {
  using time = new FakeTime(0);
  setTimeout(() => {}, 70);
  assertEquals(await time.nextAsync(), true);
  assertEquals(time.now, 70);
  assertEquals(time.next(), false);
});

Deno.test("FakeTime puts back what it took", () => {
  const timer = globalThis.setTimeout;
  const time = new FakeTime(0);
  assertEquals(globalThis.setTimeout === timer, false);
  time.restore();
  assertEquals(globalThis.setTimeout === timer, true);
});

Deno.test("spy() remembers what it was called with, returned and threw", () => {
  const half = spy((value: number) => {
    if (value % 2 === 1) throw new RangeError("odd");
    return value / 2;
  });
  assertEquals(half(4), 2);
  assertThrows(() => half(3), RangeError, "odd");
  assertSpyCalls(half, 2);
  assertEquals(half.calls[0]?.args, [4]);
  assertEquals(half.calls[0]?.returned, 2);
  assertThrows(() => assertSpyCalls(half, 1));
});
