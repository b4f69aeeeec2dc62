import { assert, assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import { passTime } from "../../../../support/pass_time.ts";
import { scene } from "./early_line_scene.ts";

Deno.test("createEarlyLine() needs no engine for a callback that takes what it gets", async () => {
  using time = new FakeTime();
  const { add, flush, stop, taken, loads } = scene(({ event }) =>
    event!.id === "2" ? Promise.resolve() : undefined
  );
  add("1", "2", "3");
  assertEquals(taken(), []);
  await passTime(time, 10_000);
  assertEquals([taken(), loads.length], [["1", "2", "3"], 0]);
  assertEquals(await flush(), true);
  assertEquals(loads.length, 0);
  stop();
});

Deno.test("createEarlyLine() has at most 16 calls open that no engine sees to", async () => {
  using time = new FakeTime();
  const calls: string[] = [];
  const { add, stop, view } = scene(({ event }) => {
    calls.push(event!.id);
    return new Promise(() => {});
  });
  add(...Array.from({ length: 20 }, (_, index) => String(index)));
  await passTime(time, 10_000);
  assertEquals(calls.length, 16);
  assertEquals(view().unsettled.length, 20);
  stop();
});

Deno.test("createEarlyLine() lets the engine go on with a call that failed, without repeating it", async () => {
  using time = new FakeTime();
  const attempts: number[] = [];
  const { add, stop, view, taken, errors, loads } = scene((_, { attempt }) => {
    attempts.push(attempt);
    if (attempt === 1) throw new Error("503");
  });
  add("1");
  await passTime(time, 0);
  assertEquals([attempts, loads.length], [[1], 1]);
  loads[0]!.resolve();
  await passTime(time, 0);
  assertEquals([attempts, errors.map(String)], [[1], ["Error: 503"]]);
  assertEquals(view().lastError, "503");
  await passTime(time, 500);
  assertEquals([attempts, taken()], [[1, 2], ["1"]]);
  stop();
});

Deno.test("createEarlyLine() lets the engine go on with a call that has no answer", async () => {
  using time = new FakeTime();
  let answer = () => {};
  let calls = 0;
  const { add, stop, taken, loads } = scene(() => {
    calls++;
    return new Promise<void>((resolve) => answer = resolve);
  });
  add("1");
  await passTime(time, 249);
  assertEquals(loads.length, 0);
  await passTime(time, 1);
  assertEquals(loads.length, 1);
  loads[0]!.resolve();
  await passTime(time, 100);
  answer();
  await passTime(time, 0);
  assertEquals([calls, taken()], [1, ["1"]]);
  stop();
});

Deno.test("createEarlyLine() waits in flush() for the engine, as long as there is time", async () => {
  using time = new FakeTime();
  const { add, flush, stop, taken, loads } = scene(() =>
    taken().length === 0 ? new Promise(() => {}) : undefined
  );
  add("1");
  const flushing = flush();
  await passTime(time, 999);
  assertEquals(loads.length, 1);
  await passTime(time, 1);
  assertEquals(await flushing, false);
  stop();
});

Deno.test("createEarlyLine() stays paused when its engine comes", async () => {
  using time = new FakeTime();
  const calls: number[] = [];
  const { add, flush, pause, resume, stop, view, taken, loads } = scene(
    (_, { attempt }) => {
      calls.push(attempt);
      if (attempt === 1) throw new Error("503");
    },
  );
  add("1");
  await passTime(time, 0);
  pause();
  assertEquals(view().pausedBecause, "consent");
  add("2");
  loads[0]!.resolve();
  await passTime(time, 60_000);
  assertEquals([calls, view().pausedBecause], [[1], "consent"]);
  assertEquals(await flush(), false);
  resume();
  await passTime(time, 60_000);
  assertEquals([calls.length, taken()], [4, ["1", "2"]]);
  stop();
});

Deno.test("createEarlyLine() gives up the oldest of those that wait when there are too many", async () => {
  using time = new FakeTime();
  const { add, pause, stop, view, dropped } = scene(() => {}, 2);
  pause();
  add("1", "2", "3");
  assertEquals(dropped, ["1"]);
  assertEquals(view().unsettled.length, 2);
  stop();
  await passTime(time, 0);
});

Deno.test("createEarlyLine() aborts the calls that are open when it is stopped", async () => {
  using time = new FakeTime();
  const signals: AbortSignal[] = [];
  const { add, stop } = scene((_, { signal }) => {
    signals.push(signal());
    return new Promise(() => {});
  });
  add("1");
  await passTime(time, 0);
  assert(!signals[0]!.aborted);
  stop();
  assert(signals[0]!.aborted);
});

Deno.test("createEarlyLine() passes the end of a call on that the engine goes on with", async () => {
  using time = new FakeTime();
  const signals: AbortSignal[] = [];
  const { add, stop, loads } = scene((_, { signal }) => {
    signals.push(signal());
    return new Promise(() => {});
  });
  add("1");
  await passTime(time, 250);
  loads[0]!.resolve();
  await passTime(time, 30_000);
  assert(signals[0]!.aborted);
  stop();
});

Deno.test("createEarlyLine() does not take what is still to be called in this turn for settled", async () => {
  using time = new FakeTime();
  const flushes: Promise<boolean>[] = [];
  const { add, flush, loads, stop, taken } = scene(() => {
    if (flushes.length === 0) flushes.push(flush());
  });
  add("1", "2");
  await passTime(time, 0);
  assertEquals([taken(), loads.length], [["1", "2"], 1]);
  loads[0]!.resolve();
  await passTime(time, 0);
  assertEquals(await flushes[0], true);
  stop();
});

Deno.test("createEarlyLine() keeps what is left of a turn when it is paused in it", async () => {
  using time = new FakeTime();
  const { add, pause, resume, stop, view, taken } = scene(() => pause());
  add("1", "2", "3");
  await passTime(time, 0);
  assertEquals([taken(), view().unsettled.length], [["1"], 2]);
  resume();
  await passTime(time, 0);
  assertEquals(taken(), ["1", "2"]);
  stop();
});

for (const isPaused of [false, true]) {
  const when = isPaused ? " while it is paused" : "";
  Deno.test(`createEarlyLine() gives up no call that is open when its engine comes${when}`, async () => {
    using time = new FakeTime();
    const answers: (() => void)[] = [];
    const { add, pause, stop, taken, dropped, loads } = scene(
      () => new Promise<void>((resolve) => void answers.push(resolve)),
      20,
    );
    add(...Array.from({ length: 16 }, (_, index) => `open-${index}`));
    await passTime(time, 300);
    add(...Array.from({ length: 20 }, (_, index) => `new-${index}`));
    if (isPaused) pause();
    loads[0]!.resolve();
    await passTime(time, 0);
    assertEquals(dropped.filter((id) => id.startsWith("open")), []);
    assertEquals(dropped.length, 16);
    for (const answer of answers) answer();
    await passTime(time, 0);
    assertEquals(taken().filter((id) => id.startsWith("open")).length, 16);
    stop();
  });
}
