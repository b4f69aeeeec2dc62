import { assert, assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import { passTime } from "../../../../support/pass_time.ts";
import { deadline, scene } from "./late_engine_scene.ts";

Deno.test("createLateEngine() needs no engine for a callback that takes what it gets", async () => {
  using time = new FakeTime();
  const { late, add, settled, loads } = scene(({ event }) =>
    event!.id === "2" ? Promise.resolve() : undefined
  );
  add("1", "2", "3");
  assertEquals(settled, []);
  await passTime(time, 10_000);
  assertEquals([settled.toSorted(), loads.length], [["1", "2", "3"], 0]);
  assertEquals(await late.flush(deadline), true);
  assertEquals(loads.length, 0);
  late.stop();
});

Deno.test("createLateEngine() has at most 16 calls open that no engine sees to", async () => {
  using time = new FakeTime();
  const calls: string[] = [];
  const { late, add } = scene(({ event }) => {
    calls.push(event!.id);
    return new Promise(() => {});
  });
  add(...Array.from({ length: 20 }, (_, index) => String(index)));
  await passTime(time, 10_000);
  assertEquals(calls.length, 16);
  assertEquals(late.unsettled().length, 20);
  late.stop();
});

Deno.test("createLateEngine() lets the engine go on with a call that failed, without repeating it", async () => {
  using time = new FakeTime();
  const attempts: number[] = [];
  const { late, add, settled, errors, loads } = scene((_, { attempt }) => {
    attempts.push(attempt);
    if (attempt === 1) throw new Error("503");
  });
  add("1");
  await passTime(time, 0);
  assertEquals([attempts, loads.length], [[1], 1]);
  loads[0]!.resolve();
  await passTime(time, 0);
  assertEquals([attempts, errors.map(String)], [[1], ["Error: 503"]]);
  assertEquals(late.lastError(), "503");
  await passTime(time, 500);
  assertEquals([attempts, settled], [[1, 2], ["1"]]);
  late.stop();
});

Deno.test("createLateEngine() lets the engine go on with a call that has no answer", async () => {
  using time = new FakeTime();
  let answer = () => {};
  let calls = 0;
  const { late, add, settled, loads } = scene(() => {
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
  assertEquals([calls, settled], [1, ["1"]]);
  late.stop();
});

Deno.test("createLateEngine() waits in flush() for the engine, as long as there is time", async () => {
  using time = new FakeTime();
  const { late, add, settled, loads } = scene(() =>
    settled.length === 0 ? new Promise(() => {}) : undefined
  );
  add("1");
  const flushing = late.flush(deadline);
  await passTime(time, 999);
  assertEquals(loads.length, 1);
  await passTime(time, 1);
  assertEquals(await flushing, false);
  late.stop();
});

Deno.test("createLateEngine() stays paused when its engine comes", async () => {
  using time = new FakeTime();
  const calls: number[] = [];
  const { late, add, settled, loads } = scene((_, { attempt }) => {
    calls.push(attempt);
    if (attempt === 1) throw new Error("503");
  });
  add("1");
  await passTime(time, 0);
  late.pause();
  assertEquals(late.pausedBecause(), "consent");
  add("2");
  loads[0]!.resolve();
  await passTime(time, 60_000);
  assertEquals([calls, late.pausedBecause()], [[1], "consent"]);
  assertEquals(await late.flush(deadline), false);
  late.resume();
  await passTime(time, 60_000);
  assertEquals([calls.length, settled.toSorted()], [4, ["1", "2"]]);
  late.stop();
});

Deno.test("createLateEngine() gives up the oldest of those that wait when there are too many", async () => {
  using time = new FakeTime();
  const { late, add, dropped } = scene(() => {}, 2);
  late.pause();
  add("1", "2", "3");
  assertEquals(dropped, ["1"]);
  assertEquals(late.unsettled().length, 2);
  late.stop();
  await passTime(time, 0);
});

Deno.test("createLateEngine() aborts the calls that are open when it is stopped", async () => {
  using time = new FakeTime();
  const signals: AbortSignal[] = [];
  const { late, add } = scene((_, { signal }) => {
    signals.push(signal());
    return new Promise(() => {});
  });
  add("1");
  await passTime(time, 0);
  assert(!signals[0]!.aborted);
  late.stop();
  assert(signals[0]!.aborted);
});

Deno.test("createLateEngine() passes the end of a call on that the engine goes on with", async () => {
  using time = new FakeTime();
  const signals: AbortSignal[] = [];
  const { late, add, loads } = scene((_, { signal }) => {
    signals.push(signal());
    return new Promise(() => {});
  });
  add("1");
  await passTime(time, 250);
  loads[0]!.resolve();
  await passTime(time, 30_000);
  assert(signals[0]!.aborted);
  late.stop();
});

Deno.test("createLateEngine() does not take what is still to be called in this turn for settled", async () => {
  using time = new FakeTime();
  const flushes: Promise<boolean>[] = [];
  const { late, add, settled, loads } = scene(() => {
    if (flushes.length === 0) flushes.push(late.flush(() => 100));
  });
  add("1", "2");
  await passTime(time, 0);
  assertEquals([settled, loads.length], [["1", "2"], 1]);
  loads[0]!.resolve();
  await passTime(time, 0);
  assertEquals(await flushes[0], true);
  late.stop();
});

Deno.test("createLateEngine() keeps what is left of a turn when it is paused in it", async () => {
  using time = new FakeTime();
  const { late, add, settled } = scene(() => late.pause());
  add("1", "2", "3");
  await passTime(time, 0);
  assertEquals([settled, late.unsettled().length], [["1"], 2]);
  late.resume();
  await passTime(time, 0);
  assertEquals(settled, ["1", "2"]);
  late.stop();
});

for (const isPaused of [false, true]) {
  const when = isPaused ? " while it is paused" : "";
  Deno.test(`createLateEngine() gives up no call that is open when its engine comes${when}`, async () => {
    using time = new FakeTime();
    const answers: (() => void)[] = [];
    const { late, add, settled, dropped, loads } = scene(
      () => new Promise<void>((resolve) => void answers.push(resolve)),
      20,
    );
    add(...Array.from({ length: 16 }, (_, index) => `open-${index}`));
    await passTime(time, 300);
    add(...Array.from({ length: 20 }, (_, index) => `new-${index}`));
    if (isPaused) late.pause();
    loads[0]!.resolve();
    await passTime(time, 0);
    assertEquals(dropped.filter((id) => id.startsWith("open")), []);
    assertEquals(dropped.length, 16);
    for (const answer of answers) answer();
    await passTime(time, 0);
    assertEquals(settled.filter((id) => id.startsWith("open")).length, 16);
    late.stop();
  });
}
