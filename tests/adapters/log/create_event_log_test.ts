import { assert, assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import fc from "fast-check";
import { createEventLog } from "../../../adapters/log/create_event_log.ts";
import type { EventStore } from "../../../adapters/log/event_store.ts";
import { memoryStore } from "../../../adapters/log/memory_store.ts";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import { makeEvent } from "../../support/make_event.ts";
import { runs } from "../../support/runs.ts";
import { passTime } from "../../support/pass_time.ts";

/** A store in memory whose appends go as a list says, true where they fail; then they all work. */
function failingStore(failures: readonly boolean[]): EventStore {
  const store = memoryStore();
  let next = 0;
  return {
    ...store,
    append: async (events) => {
      const fails = failures[next++] ?? false;
      await Promise.resolve();
      if (fails) throw new Error("The disk is busy");
      return await store.append(events);
    },
  };
}

const never: EventStore["append"] = () => new Promise(() => {});

Deno.test("createEventLog() takes events at once and appends them in order", async () => {
  const store = memoryStore();
  const log = createEventLog({ store });
  assertEquals([1, 2, 3].map((index) => log.record(makeEvent(index))), [
    true,
    true,
    true,
  ]);
  assertEquals(log.counts().pending, 3);
  const counts = await log.flush();
  assertEquals(counts, { recorded: 3, accepted: 3, pending: 0, dropped: 0 });
  const events = await store.read(0);
  assertEquals(
    events.map(({ id }) => id),
    [1, 2, 3].map((i) => makeEvent(i).id),
  );
  await log.close();
});

Deno.test("createEventLog() tells of events once they are accepted", async () => {
  const log = createEventLog({ store: memoryStore() });
  const positions: number[] = [];
  log.accepted$.subscribe(({ position }) => positions.push(position));
  log.record(makeEvent(1));
  assertEquals(positions, []);
  await log.flush();
  assertEquals(positions, [1]);
  await log.close();
});

Deno.test("createEventLog() keeps a batch that the store refuses, and tries it again", async () => {
  using time = new FakeTime(0);
  const errors: unknown[] = [];
  const log = createEventLog({
    store: failingStore([true, true]),
    random: () => 0.5,
    onError: (error) => errors.push(error),
  });
  log.record(makeEvent(1));
  await passTime(time, 0);
  assertEquals([errors.length, log.counts().pending], [1, 1]);
  await passTime(time, 250);
  assertEquals([errors.length, log.counts().pending], [2, 1]);
  await passTime(time, 499);
  assertEquals(log.counts().pending, 1);
  await passTime(time, 1);
  assertEquals(log.counts().accepted, 1);
  await log.close();
});

Deno.test("createEventLog() refuses what is too much, and tells of it once there is room", async () => {
  const store = memoryStore();
  const log = createEventLog({ store, capacity: 2 });
  const taken = [1, 2, 3, 4].map((index) => log.record(makeEvent(index)));
  assertEquals(taken, [true, true, false, false]);
  await log.flush();
  await log.flush();
  const events = await store.read(0);
  assertEquals(events.map(({ type }) => type), [
    "custom",
    "custom",
    "events.dropped",
  ]);
  assertEquals(events[2]?.data, {
    reason: "overflow",
    count: 2,
    types: { custom: 2 },
    consumer: null,
  });
  assertEquals(log.record(makeEvent(5)), true);
  await log.close();
});

Deno.test("createEventLog() refuses what is too large", async () => {
  const log = createEventLog({ store: memoryStore(), maxCharacters: 300 });
  const large = { ...makeEvent(1), data: { text: "x".repeat(300) } };
  assertEquals(log.record(large), false);
  assertEquals(log.record(makeEvent(2)), true);
  await log.close();
});

Deno.test("createEventLog() refuses what is not JSON", async () => {
  const log = createEventLog({ store: memoryStore() });
  const data: Record<string, unknown> = {};
  data["self"] = data;
  assertEquals(log.record({ ...makeEvent(1), data } as NewEvent), false);
  assertEquals(log.counts().dropped, 1);
  await log.close();
});

Deno.test("createEventLog() gathers events for as long as it is told to", async () => {
  using time = new FakeTime(0);
  const store = memoryStore();
  let appends = 0;
  const log = createEventLog({
    store: {
      ...store,
      append: (events) => {
        appends++;
        return store.append(events);
      },
    },
    flushDelay: 50,
  });
  log.record(makeEvent(1));
  await passTime(time, 49);
  log.record(makeEvent(2));
  assertEquals(appends, 0);
  await passTime(time, 1);
  assertEquals([appends, log.counts().accepted], [1, 2]);
  await log.close();
});

Deno.test("createEventLog() doesn't make those wait who flush", async () => {
  using _time = new FakeTime(0);
  const log = createEventLog({ store: memoryStore(), flushDelay: 60_000 });
  log.record(makeEvent(1));
  assertEquals((await log.flush()).accepted, 1);
  await log.close();
});

Deno.test("createEventLog() gives up waiting for a store that doesn't answer", async () => {
  using time = new FakeTime(0);
  const log = createEventLog({ store: { ...memoryStore(), append: never } });
  log.record(makeEvent(1));
  const flushing = log.flush({ timeout: 100 });
  await passTime(time, 100);
  assertEquals((await flushing).pending, 1);
  const lost: string[] = [];
  const closing = log.close({ timeout: 100 });
  await passTime(time, 100);
  assertEquals(await closing, {
    recorded: 1,
    accepted: 0,
    pending: 0,
    dropped: 1,
  });
  assertEquals(lost, []);
});

Deno.test("createEventLog() tells of what is dropped when it closes", async () => {
  using time = new FakeTime(0);
  const lost: string[] = [];
  const log = createEventLog({
    store: { ...memoryStore(), append: never },
    onDropped: (events, reason) =>
      lost.push(...events.map(({ id }) => id), reason),
  });
  log.record(makeEvent(1));
  const closing = log.close({ timeout: 5 });
  await passTime(time, 5);
  await closing;
  assertEquals(lost, [makeEvent(1).id, "closed"]);
});

Deno.test("createEventLog() may be closed twice, and takes nothing afterwards", async () => {
  const log = createEventLog({ store: memoryStore() });
  assertEquals(await log.close(), await log.close());
  assertEquals(log.record(makeEvent(1)), false);
});

type Step =
  | { readonly type: "record"; readonly count: number }
  | { readonly type: "pass"; readonly milliseconds: number };

const arbitraryStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constant("record" as const),
    count: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({
    type: fc.constant("pass" as const),
    milliseconds: fc.integer({ min: 0, max: 2000 }),
  }),
);

Deno.test("createEventLog() never loses, repeats or reorders what it took, however the store fails", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(arbitraryStep, { maxLength: 20 }),
      fc.array(fc.boolean(), { maxLength: 20 }),
      fc.integer({ min: 1, max: 8 }),
      async (steps, failures, capacity) => {
        using time = new FakeTime(0);
        const store = failingStore(failures);
        const log = createEventLog({ store, capacity, random: () => 0.5 });
        const taken: string[] = [];
        let given = 0;
        for (const step of steps) {
          if (step.type === "pass") await passTime(time, step.milliseconds);
          for (let i = 0; step.type === "record" && i < step.count; i++) {
            const event = makeEvent(++given);
            if (log.record(event)) taken.push(event.id);
          }
          const { recorded, accepted, pending, dropped } = log.counts();
          assertEquals(recorded, accepted + pending + dropped);
          assert(pending <= capacity + 1);
        }
        const closing = log.close();
        await passTime(time, 3_600_000);
        const counts = await closing;
        const events = await store.read(0);
        const own = events.filter(({ type }) => type === "custom");
        assertEquals(own.map(({ id }) => id), taken);
        assertEquals(counts.accepted, events.length);
        const told = events.filter(({ type }) => type === "events.dropped")
          .reduce((sum, { data }) => sum + Number(data["count"]), 0);
        assertEquals(told, given - taken.length);
      },
    ),
    runs(100),
  );
});

Deno.test("createEventLog() tells of what it refused though nothing else comes", async () => {
  const store = memoryStore();
  const log = createEventLog({ store, maxCharacters: 10 });
  assertEquals(log.record(makeEvent(1)), false);
  await log.flush();
  assertEquals((await store.read(0)).map(({ data }) => data), [
    { reason: "bytes", count: 1, types: { custom: 1 }, consumer: null },
  ]);
  await log.close();
});

Deno.test("createEventLog() holds events until it is known which to keep", async () => {
  const store = memoryStore();
  const { promise, resolve } = Promise.withResolvers<void>();
  const log = createEventLog({
    store,
    opening: { known: promise, open: () => ({ id }) => id !== makeEvent(2).id },
  });
  for (const index of [1, 2, 3]) log.record(makeEvent(index));
  const flushed = log.flush();
  assertEquals(await store.read(0), []);
  resolve();
  assertEquals(await flushed, {
    recorded: 2,
    accepted: 2,
    pending: 0,
    dropped: 0,
  });
  const ids = (await store.read(0)).map(({ id }) => id);
  assertEquals(ids, [makeEvent(1).id, makeEvent(3).id]);
  await log.close();
});

Deno.test("createEventLog() writes what it held though the opening fails", async () => {
  const store = memoryStore();
  const known = Promise.reject(new Error("Cannot know"));
  const log = createEventLog({
    store,
    opening: { known, open: () => () => true },
  });
  log.record(makeEvent(1));
  assertEquals((await log.close()).accepted, 1);
});

for (
  const [what, wrong] of [
    ["an empty id", { id: "" }],
    ["a time that is NaN", { time: NaN }],
    ["half a version", { version: 1.5 }],
    ["a big integer in its data", { data: { count: 1n } }],
  ] as const
) {
  Deno.test(`createEventLog() refuses an event with ${what}, and goes on with the others`, async () => {
    const store = memoryStore();
    const log = createEventLog({ store });
    log.record(makeEvent(1));
    const bad = { ...makeEvent(2), ...wrong } as unknown as NewEvent;
    assertEquals(log.record(bad), false);
    log.record(makeEvent(3));
    await log.flush();
    await log.flush();
    const events = await store.read(0);
    assertEquals(events.map(({ type }) => type), [
      "custom",
      "custom",
      "events.dropped",
    ]);
    assertEquals(events[2]!.data, {
      reason: "invalid",
      count: 1,
      types: { custom: 1 },
      consumer: null,
    });
    await log.close();
  });
}

Deno.test("createEventLog() goes on where no word can be left of what was lost, for want of an id", async () => {
  const store = memoryStore();
  const log = createEventLog({ store, createId: () => "" });
  assertEquals(log.record({ ...makeEvent(1), id: "" }), false);
  await log.flush();
  log.record(makeEvent(2));
  const counts = await log.flush({ timeout: 1000 });
  assertEquals(counts, { recorded: 2, accepted: 1, pending: 0, dropped: 1 });
  assertEquals((await store.read(0)).map(({ id }) => id), [makeEvent(2).id]);
  await log.close();
});
