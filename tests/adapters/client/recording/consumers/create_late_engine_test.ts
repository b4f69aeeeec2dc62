import { assert, assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import type {
  ClientItem,
} from "../../../../../adapters/client/recording/consumers/client_item.ts";
import type {
  ClientConsumer,
  TrackingCall,
} from "../../../../../adapters/client/recording/consumers/client_consumer.ts";
import { createCounters } from "../../../../../adapters/client/recording/consumers/client_consumer.ts";
import { createLateEngine } from "../../../../../adapters/client/recording/consumers/create_late_engine.ts";
import { createConsumerEngine } from "../../../../../adapters/client/recording/engines/create_consumer_engine.ts";
import { createEventMaker } from "../../../../../adapters/client/recording/entry.ts";
import { deliveryDelay } from "../../../../../adapters/support/time/backoff.ts";
import { systemClock } from "../../../../../adapters/support/time/clock.ts";
import { passTime } from "../../../../support/pass_time.ts";

/** A late engine whose engine comes when the test says so, and what became of its items. */
function scene(track: TrackingCall | null, capacity = 100) {
  const settled: string[] = [];
  const dropped: string[] = [];
  const errors: unknown[] = [];
  const loads: PromiseWithResolvers<void>[] = [];
  const consumer: ClientConsumer = {
    name: "tracking-callback",
    types: ["experiment.viewed"],
    includes: () => true,
    includesEvent: () => true,
    track,
    sink: null,
    counts: createCounters(),
  };
  const idsOf = (items: readonly ClientItem[]) =>
    items.map(({ event }) => event!.id);
  const onDropped = (items: readonly ClientItem[]) =>
    void dropped.push(...idsOf(items));
  const ports = {
    clock: systemClock,
    passed: () => Date.now(),
    delayAfter: (failures: number) => deliveryDelay(failures, () => 1),
    onError: (error: unknown) => errors.push(error),
    capacity,
    maxCharacters: Infinity,
    onDropped,
  };
  const late = createLateEngine({
    ...ports,
    track,
    onTaken: (item) => void settled.push(...idsOf([item])),
    load: async () => {
      const loading = Promise.withResolvers<void>();
      loads.push(loading);
      await loading.promise;
      return createConsumerEngine(consumer, {
        ...ports,
        maker: createEventMaker({
          createId: () => "",
          digest: () => undefined,
        }),
        onDelivered: (items) => void settled.push(...idsOf(items)),
        onParked: (items) => void settled.push(...idsOf(items)),
      });
    },
  });
  const add = (...ids: readonly string[]) =>
    ids.forEach((id) => late.add(item(id)));
  return { late, add, settled, dropped, errors, loads };
}

function item(id: string): ClientItem {
  const event = { id, position: 0, time: 1, type: "", version: 1, data: {} };
  return {
    entry: null,
    event,
    ledger: null,
    isOwn: true,
    rebuild: null,
    order: 0,
    characters: 1,
    begun: null,
  };
}

const deadline = () => 1_000;

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

Deno.test("createLateEngine() tells that the engine can't be loaded, and tries again", async () => {
  using time = new FakeTime();
  let isUp = false;
  const { late, add, settled, errors, loads } = scene(() => {
    if (!isUp) throw new Error("503");
  });
  add("1");
  await passTime(time, 0);
  loads[0]!.reject(new TypeError("Failed to fetch"));
  await passTime(time, 499);
  assertEquals(loads.length, 1);
  const [error] = errors as [Error];
  assertEquals(String(error.cause), "TypeError: Failed to fetch");
  assertEquals(late.lastError(), error.message);
  isUp = true;
  add("2");
  await passTime(time, 0);
  // What is taken at once needs no engine.
  assertEquals(settled, ["2"]);
  await passTime(time, 1);
  loads[1]!.resolve();
  await passTime(time, 500);
  assertEquals(settled, ["2", "1"]);
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
