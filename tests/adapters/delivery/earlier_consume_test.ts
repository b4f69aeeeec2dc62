import { assert, assertEquals, assertThrows } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import fc from "fast-check";
import { throwError } from "rxjs";
import { consume } from "../../../adapters/delivery/earlier/consume.ts";
import type { EventStore } from "../../../adapters/log/event_store.ts";
import { memoryStore } from "../../../adapters/log/memory_store.ts";
import { makeEvent } from "../../support/make_event.ts";
import { runs } from "../../support/runs.ts";
import { passTime } from "../../support/pass_time.ts";

async function storeOf(count: number): Promise<EventStore> {
  const store = memoryStore();
  await store.append(
    Array.from({ length: count }, (_, index) => makeEvent(index + 1)),
  );
  return store;
}

Deno.test("consume() hands over what is there, and what comes, in order", async () => {
  const store = await storeOf(3);
  const positions: number[] = [];
  const consumer = consume(store, "sink", (events) => {
    positions.push(...events.map(({ position }) => position));
  });
  assertEquals(await consumer.flush(), true);
  await store.append([makeEvent(4)]);
  assertEquals(await consumer.flush(), true);
  assertEquals(positions, [1, 2, 3, 4]);
  assertEquals(consumer.counts(), {
    delivered: 4,
    parked: 0,
    dropped: 0,
    skipped: 0,
  });
  await consumer.stop();
});

Deno.test("consume() goes on where the last reader of its name got", async () => {
  const store = await storeOf(2);
  const first = consume(store, "sink", () => {});
  await first.flush();
  await first.stop();
  await store.append([makeEvent(3)]);
  const positions: number[] = [];
  const second = consume(store, "sink", (events) => {
    positions.push(...events.map(({ position }) => position));
  });
  await second.flush();
  await second.stop();
  assertEquals(positions, [3]);
});

Deno.test("consume() moves its checkpoint only after success", async () => {
  using time = new FakeTime(0);
  const store = await storeOf(1);
  let calls = 0;
  const ids: string[] = [];
  const consumer = consume(store, "sink", (events) => {
    ids.push(...events.map(({ id }) => id));
    if (++calls < 3) throw new Error("Not now");
  }, { random: () => 0.999 });
  await passTime(time, 0);
  assertEquals([calls, await store.checkpoint("sink")], [1, 0]);
  await passTime(time, 500);
  assertEquals([calls, await store.checkpoint("sink")], [2, 0]);
  await passTime(time, 1000);
  assertEquals([calls, await store.checkpoint("sink")], [3, 1]);
  assertEquals(new Set(ids).size, 1);
  await consumer.stop();
});

Deno.test("consume() waits as long as an error asks", async () => {
  using time = new FakeTime(0);
  const store = await storeOf(1);
  let calls = 0;
  const consumer = consume(store, "sink", () => {
    if (++calls === 1) throw Object.assign(new Error(), { retryAfter: 60_000 });
  });
  await passTime(time, 59_999);
  assertEquals(calls, 1);
  await passTime(time, 1);
  assertEquals(calls, 2);
  await consumer.stop();
});

Deno.test("consume() parks the one event that is to blame, and delivers the rest", async () => {
  const store = await storeOf(9);
  const delivered: number[] = [];
  const consumer = consume(store, "sink", (events) => {
    if (events.some(({ position }) => position === 6)) {
      throw Object.assign(new Error("No such event"), { delivery: "reject" });
    }
    delivered.push(...events.map(({ position }) => position));
  }, { types: ["custom"] });
  await consumer.flush();
  assertEquals(delivered, [1, 2, 3, 4, 5, 7, 8, 9]);
  const parked = (await store.read(9))[0];
  assertEquals(parked?.type, "delivery.parked");
  assertEquals(parked?.data, {
    consumer: "sink",
    eventId: makeEvent(6).id,
    eventPosition: 6,
    attempts: 1,
    message: "No such event",
  });
  assertEquals(consumer.counts().parked, 1);
  await consumer.stop();
});

Deno.test("consume() parks after as many attempts as it is allowed", async () => {
  using time = new FakeTime(0);
  const store = await storeOf(1);
  let calls = 0;
  const consumer = consume(store, "sink", () => {
    calls++;
    return Promise.reject(new Error("Never"));
  }, { maxAttempts: 3, types: ["custom"] });
  await passTime(time, 60_000);
  assertEquals([calls, consumer.counts().parked], [3, 1]);
  await consumer.stop();
});

Deno.test("consume() pauses when it is told to, and goes on where it was", async () => {
  const store = await storeOf(1);
  let isKeyWrong = true;
  let calls = 0;
  const consumer = consume(store, "sink", () => {
    calls++;
    if (isKeyWrong) throw Object.assign(new Error(), { delivery: "pause" });
  });
  assertEquals(await consumer.flush(), false);
  assertEquals([consumer.isPaused(), calls], [true, 1]);
  await store.append([makeEvent(2)]);
  assertEquals(await consumer.flush(), false);
  assertEquals(calls, 1);
  isKeyWrong = false;
  consumer.resume();
  assertEquals(await consumer.flush(), true);
  assertEquals(consumer.counts().delivered, 2);
  await consumer.stop();
});

Deno.test("consume() passes over the types that it doesn't want", async () => {
  const store = await storeOf(2);
  const consumer = consume(store, "sink", () => {
    throw new Error("Unexpected");
  }, { types: ["experiment.viewed"] });
  assertEquals(await consumer.flush(), true);
  assertEquals(consumer.counts(), {
    delivered: 0,
    parked: 0,
    dropped: 0,
    skipped: 2,
  });
  await consumer.stop();
});

Deno.test("consume() lets only one of two readers of a name get on with a batch", async () => {
  const store = await storeOf(0);
  const first = consume(store, "sink", () => {}, { batchSize: 1 });
  const second = consume(store, "sink", () => {}, { batchSize: 1 });
  for (let index = 1; index <= 20; index++) {
    await store.append([makeEvent(index)]);
  }
  await Promise.all([first.flush(), second.flush()]);
  assertEquals(await store.checkpoint("sink"), 20);
  await first.stop();
  await second.stop();
});

Deno.test("consume() tells a handler at work that it is stopped", async () => {
  const store = await storeOf(1);
  let hears = false;
  const consumer = consume(
    store,
    "sink",
    (_, { signal }) =>
      new Promise<void>((resolve) => {
        signal.addEventListener("abort", () => {
          hears = true;
          resolve();
        });
      }),
  );
  await Promise.resolve();
  await Promise.resolve();
  const flushing = consumer.flush();
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  await consumer.stop();
  assertEquals([hears, await flushing], [true, false]);
});

Deno.test("consume() goes on after its store failed", async () => {
  using time = new FakeTime(0);
  const store = await storeOf(2);
  let failures = 3;
  const errors: unknown[] = [];
  const consumer = consume(
    {
      ...store,
      read: (after, limit) =>
        failures-- > 0
          ? Promise.reject(new Error("The disk is busy"))
          : store.read(after, limit),
    },
    "sink",
    () => {},
    { onError: (error) => errors.push(error) },
  );
  await passTime(time, 60_000);
  assertEquals([consumer.counts().delivered, errors.length], [2, 3]);
  await consumer.stop();
});

Deno.test("consume() always delivers each event at least once and in order, through failures and restarts", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(
        fc.oneof(
          fc.record({ append: fc.integer({ min: 1, max: 4 }) }),
          fc.record({ pass: fc.integer({ min: 0, max: 3000 }) }),
          fc.constant({ restart: true }),
        ),
        { maxLength: 15 },
      ),
      fc.array(fc.boolean(), { maxLength: 30 }),
      async (batchSize, steps, outcomes) => {
        using time = new FakeTime(0);
        const store = memoryStore();
        let call = 0;
        let taken: number[] = [];
        let first: number[] = [];
        const handle = (events: readonly { readonly position: number }[]) => {
          const positions = events.map(({ position }) => position);
          first.push(...positions.filter((place) => !first.includes(place)));
          if (outcomes[call++]) throw new Error("Not now");
          taken.push(...positions);
        };
        const start = () =>
          consume(store, "sink", handle, { batchSize, random: () => 0.5 });
        let consumer = start();
        let count = 0;
        for (const step of steps) {
          if ("append" in step) {
            for (let i = 0; i < step.append; i++) {
              await store.append([makeEvent(++count)]);
            }
          } else if ("pass" in step) await passTime(time, step.pass);
          else {
            await consumer.stop();
            consumer = start();
          }
        }
        await passTime(time, 3_600_000);
        await consumer.stop();
        const all = Array.from({ length: count }, (_, index) => index + 1);
        assertEquals([...new Set(taken)], all);
        assertEquals(first, all);
        // Success moves the checkpoint unless the consumer is stopped in between: a batch at most.
        const restarts = steps.filter((step) => "restart" in step).length;
        assert(taken.length - count <= restarts * batchSize);
        taken = first = [];
      },
    ),
    runs(60),
  );
});

Deno.test("consume() can be stopped while its handler hangs", async () => {
  const store = await storeOf(1);
  let begin = () => {};
  const begun = new Promise<void>((resolve) => begin = resolve);
  const consumer = consume(store, "sink", () => {
    begin();
    return new Promise(() => {});
  });
  await begun;
  await consumer.stop();
  assertEquals(await store.checkpoint("sink"), 0);
});

Deno.test("consume() counts and delivers an event once though the commit's answer got lost", async () => {
  using time = new FakeTime(0);
  const store = await storeOf(1);
  let isLost = false;
  const commit: EventStore["commit"] = async (name, expected, next) => {
    const moved = await store.commit(name, expected, next);
    if (next === 0 || isLost) return moved;
    isLost = true;
    throw new Error("The answer got lost");
  };
  let calls = 0;
  const consumer = consume({ ...store, commit }, "sink", () => calls++);
  await passTime(time, 60_000);
  assertEquals([calls, consumer.counts().delivered], [1, 1]);
  await consumer.stop();
});

Deno.test("consume() leaves word of a parked event once though the append's answer got lost", async () => {
  using time = new FakeTime(0);
  const store = await storeOf(1);
  let isLost = false;
  const append: EventStore["append"] = async (events) => {
    const recorded = await store.append(events);
    if (isLost) return recorded;
    isLost = true;
    throw new Error("The answer got lost");
  };
  const consumer = consume({ ...store, append }, "sink", () => {
    throw new Error("Never");
  }, { maxAttempts: 1 });
  await passTime(time, 60_000);
  assertEquals((await store.read(0)).map(({ type }) => type), [
    "custom",
    "delivery.parked",
  ]);
  await consumer.stop();
});

Deno.test("consume() does not park without end what tells of parked events", async () => {
  using time = new FakeTime(0);
  const store = await storeOf(1);
  const consumer = consume(store, "sink", () => {
    throw new Error("Never");
  }, { maxAttempts: 1, types: ["custom", "delivery.parked"] });
  await passTime(time, 60_000);
  assertEquals(consumer.counts().parked, 2);
  assertEquals((await store.positions()).last, 2);
  await consumer.stop();
});

Deno.test("consume() does not mind a handler that changes its array", async () => {
  const store = await storeOf(3);
  const consumer = consume(store, "sink", (events) => {
    (events as unknown[]).length = 0;
    throw Object.assign(new Error("Never"), { delivery: "reject" });
  });
  assertEquals(await consumer.flush(), true);
  assertEquals(consumer.counts().parked, 3);
  await consumer.stop();
});

Deno.test("consume() parks for an error that can't be read", async () => {
  const store = await storeOf(1);
  const consumer = consume(store, "sink", () => {
    throw Object.create(null);
  }, { maxAttempts: 1 });
  assertEquals(await consumer.flush(), true);
  assertEquals(consumer.counts().parked, 1);
  await consumer.stop();
});

Deno.test("consume() looks again by itself once the wakeups have failed", async () => {
  using time = new FakeTime(0);
  const store = await storeOf(0);
  const wakeups = throwError(() => new Error("No longer"));
  const consumer = consume({ ...store, wakeups }, "sink", () => {});
  await passTime(time, 0);
  await store.append([makeEvent(1)]);
  await passTime(time, 30_000);
  assertEquals(consumer.counts().delivered, 1);
  await consumer.stop();
});

Deno.test("consume() tells in its ledger where all events are", async () => {
  const store = await storeOf(3);
  const consumer = consume(store, "sink", () => {});
  await consumer.flush();
  consumer.pause();
  await store.append([makeEvent(4), makeEvent(5), makeEvent(6)]);
  const ledger = { accepted: 6, delivered: 3, parked: 0 };
  assertEquals(await consumer.ledger(), { ...ledger, pending: 3, dropped: 0 });
  await store.prune(5);
  assertEquals(await consumer.ledger(), { ...ledger, pending: 1, dropped: 2 });
  consumer.resume();
  await consumer.flush();
  const after = { ...ledger, delivered: 4, pending: 0, dropped: 2 };
  assertEquals(await consumer.ledger(), after);
  await consumer.stop();
});

Deno.test("consume() refuses what it could never deliver with", () => {
  const store = memoryStore();
  for (const batchSize of [0, -1, 1.5, NaN, Infinity]) {
    assertThrows(
      () => consume(store, "analytics", () => {}, { batchSize }),
      RangeError,
      `Cannot consume a store: the current value of batchSize is ${batchSize}`,
    );
  }
  for (const maxAttempts of [0, NaN]) {
    assertThrows(
      () => consume(store, "analytics", () => {}, { maxAttempts }),
      RangeError,
      `Cannot consume a store: the current value of maxAttempts is ${maxAttempts}`,
    );
  }
  for (const [name, what] of [["", "empty"], [null, "of type object"]]) {
    assertThrows(
      () => consume(store, name as string, () => {}),
      TypeError,
      `Cannot consume a store: the current name is ${what}`,
    );
  }
});
