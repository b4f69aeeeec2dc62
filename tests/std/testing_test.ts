// What the tests rely on, in the stand-in as in the real package.
import {
  assert,
  assertEquals,
  assertRejects,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { FakeTime, TimeError } from "@std/testing/time";

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

Deno.test("FakeTime starts where it is told to", () => {
  for (
    const [start, expected] of [
      [1.9, 1],
      ["2026-01-01T00:00:00Z", 1767225600000],
      [new Date(5), 5],
    ] as const
  ) {
    using time = new FakeTime(start);
    time.tick(10);
    assertEquals(time.start, expected);
    assertEquals(time.now, expected + 10);
  }
  assertThrows(() => new FakeTime(NaN), TypeError);
});

Deno.test("FakeTime exists once", () => {
  using _ = new FakeTime(0);
  assertThrows(() => new FakeTime(0), TimeError);
});

Deno.test("FakeTime never goes back", () => {
  using time = new FakeTime(10);
  time.now = 20;
  assertThrows(() => time.now = 19, RangeError);
});

Deno.test("FakeTime runs timers by their time, then by their order", () => {
  using time = new FakeTime(0);
  const ran: string[] = [];
  const run = (name: string) => ran.push(`${name} at ${Date.now()}`);
  setTimeout(run, 20, "late");
  setTimeout(run, 10, "first");
  setTimeout(run, 10.9, "second");
  setTimeout(() => setTimeout(run, 0, "within"), 10);
  setTimeout(run, -5, "at once");
  time.tick(20);
  assertEquals(ran, [
    "at once at 0",
    "first at 10",
    "second at 10",
    "within at 10",
    "late at 20",
  ]);
});

Deno.test("FakeTime repeats an interval until it is cleared, by itself too", () => {
  using time = new FakeTime(0);
  const times: number[] = [];
  const own = setInterval(() => {
    times.push(Date.now());
    if (times.length === 3) clearInterval(own);
  }, 10);
  const other = setInterval(() => times.push(-1), 0);
  clearTimeout(other);
  time.tick(100);
  assertEquals(times, [10, 20, 30]);
});

Deno.test("FakeTime stays where a timer throws", () => {
  using time = new FakeTime(0);
  setTimeout(() => {
    throw new RangeError("late");
  }, 10);
  assertThrows(() => time.tick(20), RangeError, "late");
  assertEquals(time.now, 10);
});

Deno.test("FakeTime.tick() lets no promise settle", async () => {
  using time = new FakeTime(0);
  let isSettled = false;
  setTimeout(() => void Promise.resolve().then(() => isSettled = true), 10);
  time.tick(20);
  assertEquals(isSettled, false);
  await time.runMicrotasks();
  assertEquals(isSettled, true);
});

Deno.test("FakeTime.tickAsync() lets promises settle before the clock moves, and not after", async () => {
  using time = new FakeTime("2026-01-01T00:00:00Z");
  const passed: number[] = [];
  const wait = async () => {
    await Promise.resolve();
    for (let i = 0; i < 2; i++) {
      await new Promise<void>((resolve) => setTimeout(resolve, 50));
      passed.push(time.now - time.start);
    }
  };
  const waiting = wait();
  await time.tickAsync(100);
  // Settled by the await of this test, at the end of the tick.
  await Promise.resolve();
  assertEquals(passed, [100]);
  await time.tickAsync(49);
  assertEquals(passed, [100]);
  await time.tickAsync(1);
  await waiting;
  assertEquals(passed, [100, 150]);
});

Deno.test("FakeTime.runMicrotasks() waits for a turn of the event loop", async () => {
  using time = new FakeTime(0);
  let isDone = false;
  const done = async () => {
    for (let i = 0; i < 1000; i++) await undefined;
    isDone = true;
  };
  done();
  await time.runMicrotasks();
  assertEquals(isDone, true);
  assertEquals(time.now, 0);
});

Deno.test("FakeTime goes from time to time", async () => {
  using time = new FakeTime(0);
  const ran: number[] = [];
  setTimeout(() => ran.push(1), 70);
  setTimeout(() => ran.push(2), 70);
  clearTimeout(setTimeout(() => ran.push(3), 60));
  assertEquals(await time.nextAsync(), true);
  assertEquals(ran, [1, 2]);
  assertEquals(time.now, 70);
  assertEquals(time.next(), false);
  assertEquals(time.now, 70);
});

Deno.test("FakeTime runs all timers, with promises between them where it is asked to", async () => {
  using time = new FakeTime(0);
  const times: number[] = [];
  const wait = async () => {
    for (let i = 0; i < 3; i++) {
      await new Promise<void>((resolve) => setTimeout(resolve, 50));
      times.push(time.now);
    }
  };
  const waiting = wait();
  time.runAll();
  await time.runMicrotasks();
  assertEquals(times, [50]);
  await time.runAllAsync();
  await waiting;
  assertEquals(times, [50, 100, 150]);
});

Deno.test("FakeTime.delay() waits in real time", async () => {
  using time = new FakeTime(0);
  await time.delay(1);
  assertEquals(time.now, 0);
  await assertRejects(
    () => time.delay(1000, { signal: AbortSignal.abort() }),
    DOMException,
  );
  const controller = new AbortController();
  const delay = time.delay(1e6, { signal: controller.signal });
  await time.runMicrotasks();
  controller.abort();
  await assertRejects(() => delay, DOMException);
});

Deno.test("FakeTime passes by itself at a rate", async () => {
  using time = new FakeTime(0, { advanceRate: 1000, advanceFrequency: 1 });
  await new Promise<void>((resolve) => setTimeout(resolve, 2000));
  assert(time.now >= 2000);
});

Deno.test("FakeTime stands in for all of Date", () => {
  using time = new FakeTime(5000);
  time.tick(1);
  assertEquals(new Date().getTime(), 5001);
  assertEquals(new Date(7).getTime(), 7);
  assertEquals(new Date(2026, 0).getMonth(), 0);
  assertEquals(Date.parse("1970-01-01T00:00:01Z"), 1000);
  assert(new Date() instanceof Date);
  assertEquals(Date(), new Date(5001).toString());
});

Deno.test("FakeTime aborts the signals of AbortSignal.timeout", () => {
  using time = new FakeTime(0);
  const signal = AbortSignal.timeout(100);
  time.tick(99);
  assertEquals(signal.aborted, false);
  time.tick(1);
  assertEquals(signal.reason.name, "TimeoutError");
});

Deno.test("FakeTime puts back what it took", async () => {
  const { setTimeout, Date } = globalThis;
  const { timeout } = AbortSignal;
  const isReal = () =>
    globalThis.setTimeout === setTimeout && globalThis.Date === Date &&
    AbortSignal.timeout === timeout;
  {
    using _ = new FakeTime(0);
    assertEquals(isReal(), false);
    assertEquals(await FakeTime.restoreFor(isReal), true);
    assertEquals(isReal(), false);
  }
  assertEquals(isReal(), true);
  new FakeTime(0);
  FakeTime.restore();
  assertEquals(isReal(), true);
  assertThrows(() => FakeTime.restore(), TimeError);
  await assertRejects(() => FakeTime.restoreFor(isReal), TimeError);
});

Deno.test("FakeTime is restored once", () => {
  const time = new FakeTime(0);
  time.restore();
  assertThrows(() => time.restore(), TimeError);
  assertStrictEquals(typeof Date.now(), "number");
});
