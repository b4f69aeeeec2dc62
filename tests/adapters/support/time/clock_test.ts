import { assert, assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import {
  monotonicTime,
  systemClock,
} from "../../../../adapters/support/time/clock.ts";

Deno.test("systemClock's monotonic time goes on where the time of day is set back", () => {
  const now = Date.now;
  const time = monotonicTime(systemClock);
  const start = time();
  try {
    Date.now = () => now() - 3_600_000;
    const later = time();
    assert(later >= start);
    assert(later - start < 60_000);
  } finally {
    Date.now = now;
  }
});

Deno.test("systemClock's monotonic time is not that of the day", () => {
  const now = Date.now;
  try {
    Date.now = () => 0;
    assert(systemClock.monotonic!() > 0);
  } finally {
    Date.now = now;
  }
});

Deno.test("FakeTime drives systemClock's monotonic time", () => {
  using fake = new FakeTime();
  const time = monotonicTime(systemClock);
  assertEquals(time(), 0);
  fake.tick(70_000);
  assertEquals(time(), 70_000);
});

Deno.test("monotonicTime() goes on by a clock that was made before FakeTime", () => {
  const time = monotonicTime(systemClock);
  time();
  using fake = new FakeTime();
  const before = time();
  assert(before < 600_000);
  fake.tick(1000);
  assertEquals(time() - before, 1000);
});

Deno.test("monotonicTime() measures by now where a clock has nothing better, and never goes back", () => {
  let now = 5000;
  const time = monotonicTime({ now: () => now });
  assertEquals(time(), 0);
  now = 6000;
  assertEquals(time(), 1000);
  now = 2000;
  assertEquals(time(), 1000);
  now = 2500;
  assertEquals(time(), 1500);
});

Deno.test("monotonicTime() takes what is no number for a clock that stood still", () => {
  const times = [10, NaN, 30, -Infinity, 31];
  const time = monotonicTime({ now: () => times.shift()! });
  assertEquals([time(), time(), time(), time(), time()], [0, 0, 20, 20, 21]);
});
