import { assert, assertEquals, assertThrows } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import { consume } from "../../../adapters/delivery/consume.ts";
import { listParked } from "../../../adapters/delivery/list_parked.ts";
import { redeliver } from "../../../adapters/delivery/redeliver.ts";
import type { EventStore } from "../../../adapters/log/port/event_store.ts";
import { memoryStore } from "../../../adapters/log/memory_store.ts";
import { makeEvent } from "../../support/events/make_event.ts";
import { passTime } from "../../support/pass_time.ts";

const quiet = { onError: () => {}, random: () => 0.5 };

async function storeOf(count: number): Promise<EventStore> {
  const store = memoryStore();
  await store.append(
    Array.from({ length: count }, (_, index) => makeEvent(index + 1)),
  );
  return store;
}

Deno.test("consume() throws without a handler", async () => {
  const store = await storeOf(0);
  assertThrows(() => consume(store, "a", undefined as never), TypeError);
  assertThrows(() => consume(store, "", () => {}), TypeError);
  assertThrows(() => consume(store, 7 as never, () => {}), TypeError);
  assertThrows(
    () => consume(store, "a", () => {}, { batchSize: 0 }),
    RangeError,
  );
  assertThrows(
    () => consume(store, "a", () => {}, { maxAttempts: 0.5 }),
    RangeError,
  );
});

Deno.test("consume() hands over every event in order, one batch at a time", async () => {
  using time = new FakeTime();
  const store = await storeOf(250);
  const batches: (readonly number[])[] = [];
  let open = 0;
  const consumer = consume(store, "a", async (events) => {
    assertEquals(++open, 1);
    await Promise.resolve();
    open--;
    batches.push(events.map(({ position }) => position));
  }, quiet);
  await passTime(time, 100);
  assertEquals(batches.map(({ length }) => length), [100, 100, 50]);
  assertEquals(batches.flat(), Array.from({ length: 250 }, (_, at) => at + 1));
  await store.append([makeEvent(251)]);
  await passTime(time, 100);
  assertEquals(batches.at(-1), [251]);
  assertEquals(consumer.counts(), {
    delivered: 251,
    parked: 0,
    dropped: 0,
    skipped: 0,
  });
  await consumer.stop();
  assertEquals((await store.consumers())[0]!.checkpoint, {
    position: 251,
    unsettled: [],
  });
});

Deno.test("consume() goes on where the last reader of the name stopped", async () => {
  using time = new FakeTime();
  const store = await storeOf(10);
  const seen: number[] = [];
  const read = () =>
    consume(store, "a", (events) => {
      for (const { position } of events) seen.push(position);
    }, quiet);
  const first = read();
  await passTime(time, 100);
  await first.stop();
  await store.append([makeEvent(11)]);
  const second = read();
  await passTime(time, 100);
  await second.stop();
  assertEquals(seen, Array.from({ length: 11 }, (_, at) => at + 1));
});

Deno.test("consume() has one owner a name; the next takes over when it is gone", async () => {
  using time = new FakeTime();
  const store = await storeOf(3);
  const seen: string[] = [];
  const read = (reader: string) =>
    consume(store, "a", (events) => {
      for (const { position } of events) seen.push(`${reader}${position}`);
    }, quiet);
  const [one, two] = [read("one "), read("two ")];
  await passTime(time, 100);
  await store.append([makeEvent(4)]);
  await passTime(time, 100);
  assertEquals(seen, ["one 1", "one 2", "one 3", "one 4"]);
  await one.stop();
  await store.append([makeEvent(5)]);
  await passTime(time, 6_000);
  assertEquals(seen.slice(4), ["two 5"]);
  await two.stop();
});

Deno.test("consume() tries a batch again until it is taken, and holds up what comes after it", async () => {
  using time = new FakeTime();
  const store = await storeOf(3);
  const attempts: number[] = [];
  let isDown = true;
  const consumer = consume(store, "a", (_, { attempt }) => {
    attempts.push(attempt);
    if (isDown) throw new Error("down");
  }, quiet);
  await passTime(time, 7_200_000);
  assert(attempts.length > 100);
  assertEquals(consumer.lastError(), "down");
  assertEquals(await listParked(store, "a"), []);
  isDown = false;
  await passTime(time, 31_000);
  assertEquals(consumer.counts().delivered, 3);
  await consumer.stop();
});

Deno.test("consume() reports failures by default", async () => {
  using time = new FakeTime();
  const { error } = console;
  const told: unknown[] = [];
  console.error = (each: unknown) => void told.push(each);
  try {
    const consumer = consume(await storeOf(1), "a", () => {
      throw new Error("down");
    });
    await passTime(time, 10);
    await consumer.stop();
  } finally {
    console.error = error;
  }
  assertEquals(String(told[0]), "Error: down");
});

Deno.test("consume() splits what is refused, and parks what is to blame", async () => {
  using time = new FakeTime();
  const store = await storeOf(10);
  const consumer = consume(store, "a", (events) => {
    if (events.some(({ position }) => position === 7)) {
      throw Object.assign(new Error("no such column"), { delivery: "reject" });
    }
  }, quiet);
  await passTime(time, 100);
  assertEquals(consumer.counts(), {
    delivered: 9,
    parked: 1,
    dropped: 0,
    skipped: 0,
  });
  const parked = await listParked(store, "a");
  assertEquals(
    parked.map((
      { event, reason, message },
    ) => [event.position, reason, message]),
    [[7, "refused", "no such column"]],
  );
  await consumer.stop();
});

Deno.test("consume() parks after so many attempts", async () => {
  using time = new FakeTime();
  const store = await storeOf(2);
  let calls = 0;
  const consumer = consume(store, "a", (events) => {
    if (events[0]!.position === 1 && ++calls > 0) throw new Error("down");
  }, { ...quiet, batchSize: 1, maxAttempts: 3 });
  await passTime(time, 60_000);
  assertEquals([calls, consumer.counts().parked], [3, 1]);
  assertEquals(consumer.counts().delivered, 1);
  await consumer.stop();
});

Deno.test("consume() without an order lets no batch wait for another", async () => {
  using time = new FakeTime();
  const store = await storeOf(20);
  const seen: number[] = [];
  const consumer = consume(store, "a", (events) => {
    if (events[0]!.position === 1) throw new Error("down");
    seen.push(events[0]!.position);
  }, { ...quiet, batchSize: 1, inOrder: false });
  await passTime(time, 100);
  assertEquals(seen.length, 19);
  assertEquals((await store.consumers())[0]!.checkpoint, {
    position: 20,
    unsettled: [1],
  });
  await consumer.stop();
});

Deno.test("pause() of a consumer in order holds the call that waits for the store, too", async () => {
  using time = new FakeTime();
  const store = await storeOf(3);
  const gate = Promise.withResolvers<void>();
  const slow: EventStore = {
    ...store,
    commit: async (...given) => {
      await gate.promise;
      return await store.commit(...given);
    },
  };
  const taken: [number, number][] = [];
  const consumer = consume(slow, "a", ([event], { attempt }) => {
    taken.push([event!.position, attempt]);
  }, { ...quiet, batchSize: 1 });
  await passTime(time, 1_000);
  assertEquals(taken, [[1, 1]]);
  consumer.pause();
  gate.resolve();
  await passTime(time, 60_000);
  assertEquals(taken, [[1, 1]]);
  consumer.resume();
  await passTime(time, 1_000);
  assertEquals(taken, [[1, 1], [2, 1], [3, 1]]);
  await consumer.stop();
});

Deno.test("consume() pauses where an error asks for it, and resumes", async () => {
  using time = new FakeTime();
  const store = await storeOf(1);
  let calls = 0;
  const consumer = consume(store, "a", () => {
    if (++calls === 1) {
      throw Object.assign(new Error("401"), { delivery: "pause" });
    }
  }, quiet);
  await passTime(time, 100_000);
  assertEquals([calls, consumer.pausedBecause()], [1, "destination"]);
  assertEquals(await consumer.flush(), false);
  consumer.resume();
  await passTime(time, 100);
  assertEquals([calls, consumer.pausedBecause()], [2, null]);
  await consumer.stop();
});

Deno.test("consume() delivers parked events again", async () => {
  using time = new FakeTime();
  const store = await storeOf(2);
  let isDown = true;
  const seen: number[] = [];
  const consumer = consume(store, "a", (events) => {
    if (isDown) throw Object.assign(new Error("no"), { delivery: "reject" });
    for (const { position } of events) seen.push(position);
  }, quiet);
  await passTime(time, 100);
  assertEquals((await listParked(store, "a")).length, 2);
  isDown = false;
  const [first] = await listParked(store, "a");
  assertEquals(await redeliver(store, "a", [first!.event.id]), 1);
  await passTime(time, 100);
  assertEquals(seen, [1]);
  assertEquals((await listParked(store, "a")).length, 1);
  await redeliver(store, "a");
  await passTime(time, 100);
  assertEquals(seen, [1, 2]);
  assertEquals(await listParked(store, "a"), []);
  await consumer.stop();
});

Deno.test("consume() parks an event of a later version unread, and reads it when it can", async () => {
  using time = new FakeTime();
  const store = memoryStore();
  await store.append([{ ...makeEvent(1), version: 2 }, makeEvent(2)]);
  const seen: number[] = [];
  const consumer = consume(store, "a", (events) => {
    for (const { position } of events) seen.push(position);
  }, quiet);
  await passTime(time, 100);
  assertEquals(seen, [2]);
  assertEquals(
    (await listParked(store, "a")).map((
      { reason, attempts },
    ) => [reason, attempts]),
    [["unreadable", 0]],
  );
  await consumer.stop();
});

Deno.test("consume() stops a handler that hangs, and its events come again", async () => {
  using time = new FakeTime();
  const store = await storeOf(1);
  let isAborted = false;
  const consumer = consume(store, "a", (_, { signal }) => {
    signal.addEventListener("abort", () => isAborted = true);
    return new Promise(() => {});
  }, quiet);
  await passTime(time, 100);
  await consumer.stop();
  assertEquals(isAborted, true);
  const seen: number[] = [];
  const next = consume(store, "a", (events) => {
    seen.push(events.length);
  }, quiet);
  await passTime(time, 100);
  assertEquals(seen, [1]);
  await next.stop();
});

Deno.test("consume() aborts the call of an owner that lost its claim, and commits nothing of it", async () => {
  using time = new FakeTime();
  const store = await storeOf(1);
  let isHeld = true;
  const losing: EventStore = {
    ...store,
    claim: async (key, owner) => {
      if (!isHeld) return null;
      const claim = await store.claim(key, owner);
      return claim === null ? null : { ...claim, isHeld: () => isHeld };
    },
    commit: (key, owner, checkpoint) =>
      isHeld ? store.commit(key, owner, checkpoint) : Promise.resolve(false),
  };
  let isAborted = false;
  const consumer = consume(losing, "a", (_, { signal }) => {
    signal.addEventListener("abort", () => isAborted = true);
    return new Promise(() => {});
  }, { ...quiet, owner: "one" });
  await passTime(time, 100);
  isHeld = false;
  await passTime(time, 6_000);
  assertEquals(isAborted, true);
  assertEquals((await store.consumers())[0]!.checkpoint.position, 0);
  await consumer.stop();
});

Deno.test("consume() goes on when a store that failed is back", async () => {
  using time = new FakeTime();
  const store = await storeOf(5);
  let isBroken = true;
  const fail = () => Promise.reject(new Error("disk"));
  const flaky: EventStore = {
    ...store,
    claim: (...args) => isBroken ? fail() : store.claim(...args),
    commit: (...args) => isBroken ? fail() : store.commit(...args),
    read: (...args) => isBroken ? fail() : store.read(...args),
  };
  const seen: number[] = [];
  const consumer = consume(flaky, "a", (events) => {
    for (const { position } of events) seen.push(position);
    isBroken = true;
  }, quiet);
  await passTime(time, 60_000);
  isBroken = false;
  await passTime(time, 31_000);
  assertEquals(seen, [1, 2, 3, 4, 5]);
  await passTime(time, 60_000);
  assertEquals((await store.consumers())[0]!.checkpoint.position, 0);
  isBroken = false;
  await passTime(time, 31_000);
  assertEquals((await store.consumers())[0]!.checkpoint.position, 5);
  await consumer.stop();
});

Deno.test("consume() starts again where the log came back without its end", async () => {
  using time = new FakeTime();
  const store = await storeOf(3);
  await store.claim({ name: "a" }, "before");
  await store.commit({ name: "a" }, "before", {
    position: 1_000,
    unsettled: [],
  });
  await store.release({ name: "a" }, "before");
  const told: string[] = [];
  const seen: number[] = [];
  const consumer = consume(store, "a", (events) => {
    for (const { position } of events) seen.push(position);
  }, { onError: (error) => void told.push(String(error)) });
  await passTime(time, 100);
  assertEquals(seen, [1, 2, 3]);
  assert(told[0]!.includes("1000"), told[0]);
  await consumer.stop();
});

Deno.test("consume() counts what left the store before it came", async () => {
  using time = new FakeTime();
  const store = await storeOf(10);
  const consumer = consume(store, "a", () => {}, {
    ...quiet,
    types: ["custom"],
  });
  consumer.pause();
  await passTime(time, 100);
  await consumer.stop();
  const other = await storeOf(10);
  await other.claim({ name: "a" }, "before");
  await other.release({ name: "a" }, "before");
  await other.prune(4);
  const late = consume(other, "a", () => {}, { ...quiet, types: ["custom"] });
  await passTime(time, 100);
  assertEquals(late.counts(), {
    delivered: 6,
    parked: 0,
    dropped: 4,
    skipped: 1,
  });
  const { recorded, pending } = await late.ledger();
  assertEquals([recorded, pending], [10, 0]);
  await late.stop();
});

Deno.test("flush() of a consumer does not wait until a store that failed is asked again", async () => {
  using time = new FakeTime();
  const memory = await storeOf(2);
  let isDown = true;
  const fail = () => Promise.reject(new Error("down"));
  const store: EventStore = {
    ...memory,
    claim: (...args) => isDown ? fail() : memory.claim(...args),
    commit: (...args) => isDown ? fail() : memory.commit(...args),
  };
  const seen: number[] = [];
  const consumer = consume(store, "a", (events) => {
    seen.push(...events.map(({ position }) => position));
  }, quiet);
  const flushSoon = async () => {
    let isDone: boolean | null = null;
    void consumer.flush().then((value) => isDone = value);
    await passTime(time, 10);
    return isDone;
  };
  await passTime(time, 60_000);
  isDown = false;
  assertEquals(await flushSoon(), true);
  assertEquals(seen, [1, 2]);
  isDown = true;
  await memory.append([makeEvent(3)]);
  await passTime(time, 60_000);
  isDown = false;
  assertEquals(await flushSoon(), true);
  assertEquals((await memory.consumers())[0]!.checkpoint, {
    position: 3,
    unsettled: [],
  });
  await consumer.stop();
});

for (const call of ["claim", "positions", "read", "parked"] as const) {
  Deno.test(`stop() of a consumer ends though its store has no answer to ${call}()`, async () => {
    using time = new FakeTime();
    const memory = await storeOf(1);
    const store = { ...memory, [call]: () => new Promise(() => {}) };
    const consumer = consume(store as EventStore, "a", () => {}, quiet);
    await passTime(time, 10);
    let isStopped = false;
    void consumer.stop().then(() => isStopped = true);
    await passTime(time, 10_000);
    assertEquals(isStopped, true);
  });
}

Deno.test("consume() hands over nothing more of a user who is erased meanwhile", async () => {
  for (const inOrder of [true, false]) {
    using time = new FakeTime();
    const store = memoryStore();
    await store.append(["bob", "ada", "eve"].map((id, index) => ({
      ...makeEvent(index),
      user: { level: "all", attributes: { id } },
    })));
    const taken: unknown[] = [];
    let isDown = true;
    const consumer = consume(store, "name", (events) => {
      if (isDown) throw new Error("down");
      taken.push(...events.map(({ user }) => user?.attributes["id"]));
    }, { ...quiet, inOrder });
    await passTime(time, 1_000);
    await store.erase({ attribute: "id", value: "ada" });
    isDown = false;
    await passTime(time, 120_000);
    assertEquals(taken.toSorted(), ["bob", "eve"]);
    const { recorded, delivered, pending } = await consumer.ledger();
    assertEquals([recorded, delivered, pending], [2, 2, 0]);
    await consumer.stop();
    const [state] = await store.consumers();
    assertEquals(state?.checkpoint, { position: 3, unsettled: [] });
  }
});

for (const lane of ["", "redelivery"]) {
  Deno.test(`consume() keeps no claim of ${lane || "the log"} that is answered as it is stopped`, async () => {
    using time = new FakeTime();
    const memory = await storeOf(1);
    const first = consume(memory, "name", () => {
      throw Object.assign(new Error("no"), { delivery: "reject" });
    }, quiet);
    await passTime(time, 1_000);
    await first.stop();
    await redeliver(memory, "name");
    let answer = () => {};
    const store: EventStore = {
      ...memory,
      claim: async (key, owner) => {
        const claim = await memory.claim(key, owner);
        if (key.lane === lane) {
          await new Promise<void>((resolve) => answer = resolve);
        }
        return claim;
      },
    };
    const consumer = consume(store, "name", () => {}, quiet);
    await passTime(time, 100);
    const stopping = consumer.stop();
    await passTime(time, 100);
    answer();
    await passTime(time, 20_000);
    await stopping;
    const owners = (await memory.consumers()).map(({ owner }) => owner);
    assertEquals(owners.filter((owner) => owner !== null), []);
  });
}

// A store whose commits have no answer while it is held, or fail.
async function slowCommits(count: number, isFailing = false) {
  const memory = await storeOf(count);
  let isHeld = false;
  let go = () => {};
  let wait: Promise<void> = Promise.resolve();
  const store: EventStore = {
    ...memory,
    commit: async (key, owner, checkpoint) => {
      if (isFailing && isHeld) throw new Error("no disk");
      await wait;
      return await memory.commit(key, owner, checkpoint);
    },
  };
  return {
    store,
    hold: () => {
      isHeld = true;
      wait = new Promise<void>((resolve) => go = resolve);
    },
    goOn: () => {
      isHeld = false;
      go();
    },
  };
}

Deno.test("consume() makes no call whose events were erased as it waited for the store", async () => {
  using time = new FakeTime();
  const { store, hold, goOn } = await slowCommits(0);
  await store.append(["bob", "ada", "eve"].map((id, index) => ({
    ...makeEvent(index),
    user: { level: "all", attributes: { id } },
  })));
  const taken: unknown[] = [];
  const consumer = consume(store, "name", (events) => {
    if (taken.length === 0) hold();
    taken.push(...events.map(({ user }) => user?.attributes["id"]));
  }, { ...quiet, batchSize: 1 });
  await passTime(time, 1_000);
  assertEquals(taken, ["bob"]);
  await store.erase({ attribute: "id", value: "ada" });
  goOn();
  await passTime(time, 60_000);
  assertEquals(taken, ["bob", "eve"]);
  await consumer.stop();
});

for (const isFailing of [false, true]) {
  Deno.test(`consume() makes one call of those that waited too long for a store that ${isFailing ? "fails" : "does not answer"}`, async () => {
    using time = new FakeTime();
    const { store, hold, goOn } = await slowCommits(2, isFailing);
    const taken: number[] = [];
    const consumer = consume(store, "name", (events) => {
      if (taken.length === 0) hold();
      taken.push(...events.map(({ position }) => position));
    }, { ...quiet, batchSize: 1, longestCall: 1_000 });
    await passTime(time, 60_000);
    assertEquals(taken, [1]);
    goOn();
    await passTime(time, 60_000);
    assertEquals(taken, [1, 2]);
    await consumer.stop();
  });
}

Deno.test("consume() makes no call that waited for the store as it was stopped", async () => {
  using time = new FakeTime();
  const { store, hold, goOn } = await slowCommits(2);
  const taken: number[] = [];
  const consumer = consume(store, "name", (events) => {
    if (taken.length === 0) hold();
    taken.push(...events.map(({ position }) => position));
  }, { ...quiet, batchSize: 1 });
  await passTime(time, 1_000);
  const stopping = consumer.stop();
  goOn();
  await passTime(time, 1_000);
  await stopping;
  assertEquals(taken, [1]);
});

Deno.test("stop() of a consumer claims its name no more once it gives that back", async () => {
  using time = new FakeTime();
  const memory = await storeOf(1);
  const gate = Promise.withResolvers<void>();
  let claims = 0;
  const store: EventStore = {
    ...memory,
    claim: async (...given) => {
      claims++;
      return await memory.claim(...given);
    },
    release: async (...given) => {
      await gate.promise;
      return await memory.release(...given);
    },
  };
  const consumer = consume(store, "name", () => {}, {
    ...quiet,
    pollInterval: 500,
  });
  await passTime(time, 1_000);
  const stopping = consumer.stop();
  await passTime(time, 1_000);
  gate.resolve();
  await passTime(time, 1_000);
  await stopping;
  assertEquals(claims, 1);
});

Deno.test("consume() makes no more calls once a call has stopped it", async () => {
  using time = new FakeTime();
  const store = await storeOf(5);
  let calls = 0;
  const consumer = consume(store, "name", () => {
    calls++;
    void consumer.stop();
  }, { ...quiet, inOrder: false, batchSize: 1 });
  await passTime(time, 1_000);
  assertEquals(calls, 1);
  await consumer.stop();
});

for (const slow of ["claim", "parked"] as const) {
  Deno.test(`consume() delivers parked events again once where ${slow} answers as the last is settled`, async () => {
    using time = new FakeTime();
    const memory = await storeOf(2);
    const first = consume(memory, "name", () => {
      throw Object.assign(new Error("no"), { delivery: "reject" });
    }, quiet);
    await passTime(time, 1_000);
    await first.stop();
    let waits = false;
    let answer = () => {};
    const late = async <Result>(asked: Promise<Result>): Promise<Result> => {
      const result = await asked;
      if (waits) await new Promise<void>((resolve) => answer = resolve);
      return result;
    };
    const store: EventStore = {
      ...memory,
      claim: (key, owner) =>
        slow === "claim"
          ? late(memory.claim(key, owner))
          : memory.claim(key, owner),
      parked: (name) =>
        slow === "parked" ? late(memory.parked(name)) : memory.parked(name),
      positions: async () => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        return await memory.positions();
      },
    };
    const taken: string[] = [];
    let take = () => {};
    const consumer = consume(store, "name", async (events) => {
      taken.push(...events.map(({ id }) => id));
      if (taken.length === 1) {
        await new Promise<void>((resolve) => take = resolve);
      }
    }, { ...quiet, inOrder: false });
    const ids = (await memory.parked("name")).map(({ event }) => event.id);
    await redeliver(memory, "name", [ids[0]!]);
    await passTime(time, 1_000);
    waits = true;
    await redeliver(memory, "name", [ids[1]!]);
    await passTime(time, 1_000);
    take();
    await passTime(time, 1_000);
    waits = false;
    answer();
    await passTime(time, 20_000);
    assertEquals(taken, ids);
    assertEquals(await memory.parked("name"), []);
    await consumer.stop();
  });
}

Deno.test("flush() and ledger() of a consumer know what its checkpoint lists as unsettled", async () => {
  const store = await storeOf(1_000);
  const key = { name: "a" };
  await store.claim(key, "before");
  const unsettled = Array.from({ length: 1_000 }, (_, index) => index + 1);
  await store.commit(key, "before", { position: 1_000, unsettled });
  let taken = 0;
  const consumer = consume(store, "a", (events) => {
    taken += events.length;
  }, { ...quiet, batchSize: 1 });
  assertEquals((await consumer.ledger()).pending, 1_000);
  await store.release(key, "before");
  assertEquals(await consumer.flush(), true);
  assertEquals(taken, 1_000);
  const { recorded, pending } = await consumer.ledger();
  assertEquals([recorded, pending], [1_000, 0]);
  await consumer.stop();
});
