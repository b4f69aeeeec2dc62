import { assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import { createEarlyLine } from "../../../../../adapters/client/recording/line/create_early_line.ts";
import type {
  Line,
  LineOptions,
} from "../../../../../adapters/client/recording/line/line.ts";
import { systemClock } from "../../../../../adapters/support/time/clock.ts";
import { malformed } from "../../../../support/malformed.ts";
import { passTime } from "../../../../support/pass_time.ts";
import { scene } from "./early_line_scene.ts";

Deno.test("createEarlyLine() tells that the engine can't be loaded, and tries again", async () => {
  using time = new FakeTime();
  let isUp = false;
  const { add, stop, view, taken, errors, loads } = scene(() => {
    if (!isUp) throw new Error("503");
  });
  add("1");
  await passTime(time, 0);
  loads[0]!.reject(new TypeError("Failed to fetch"));
  await passTime(time, 499);
  assertEquals(loads.length, 1);
  const [error] = errors as [Error];
  assertEquals(String(error.cause), "TypeError: Failed to fetch");
  assertEquals(view().lastError, error.message);
  isUp = true;
  add("2");
  await passTime(time, 0);
  // What is taken at once needs no engine.
  assertEquals(taken(), ["2"]);
  await passTime(time, 1);
  loads[1]!.resolve();
  await passTime(time, 500);
  assertEquals(taken(), ["1", "2"]);
  stop();
});

Deno.test("createEarlyLine() settles nothing once it is stopped", async () => {
  using time = new FakeTime();
  let answer = (): void => {
    throw new Error("It was not called");
  };
  const { add, counts, stop, view } = scene(() =>
    new Promise<void>((resolve) => answer = resolve)
  );
  add("1");
  await passTime(time, 0);
  assertEquals(view().unsettled.length, 1);
  stop();
  answer();
  await passTime(time, 0);
  assertEquals([counts.delivered, counts.dropped], [0, 1]);
  assertEquals(view().unsettled, []);
});

for (const kind of ["sink", "callback that fails"]) {
  Deno.test(`createEarlyLine() of a ${kind} tries to load its engine no more often for what comes meanwhile`, async () => {
    using time = new FakeTime();
    const { add, flush, stop, errors, loads } = scene(
      kind === "sink" ? null : () => {
        throw new Error("503");
      },
    );
    add("0");
    await passTime(time, 0);
    loads[0]!.reject(new TypeError("Failed to fetch"));
    for (let count = 1; count < 10; count++) {
      await passTime(time, 49);
      add(String(count));
    }
    await passTime(time, 0);
    assertEquals([loads.length, errors.length], [1, 1]);
    // A flush does not wait for the next attempt.
    const flushed = flush();
    assertEquals(loads.length, 2);
    loads[1]!.reject(new TypeError("Failed to fetch"));
    assertEquals(await flushed, false);
    await passTime(time, 999);
    assertEquals(loads.length, 2);
    await passTime(time, 1);
    assertEquals(loads.length, 3);
    stop();
  });
}

Deno.test("createEarlyLine() forgets users who are erased while its line can't be loaded, before it goes on", async () => {
  using time = new FakeTime();
  const done: unknown[] = [];
  let isUp = false;
  const line = createEarlyLine(
    malformed<LineOptions>({
      store: {},
      consumers: [],
      isPaused: () => false,
      clock: systemClock,
      delayAfter: () => 100,
      onError: () => {},
    }),
    () => {},
    async () => {
      await Promise.resolve();
      if (!isUp) throw new TypeError("Failed to fetch");
      return () =>
        malformed<Line>({
          forget: (user: unknown) => done.push(user),
          nudge: () => done.push("nudge"),
        });
    },
  );
  const ada = { attribute: "id", value: "ada" };
  line.nudge();
  line.forget(ada);
  await passTime(time, 0);
  isUp = true;
  await passTime(time, 100);
  assertEquals(done, [ada, "nudge"]);
});
