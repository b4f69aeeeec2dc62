import { assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import {
  type Client,
  type EventStore,
  memoryStore,
} from "../../../../../../adapters/client/mod.ts";
import { passDuring, passTime } from "../../../../../support/pass_time.ts";
import { open } from "../../../support.ts";
import { settleAll, takeOver } from "./take_over.ts";

const callback = "tracking-callback";

function assertCounts(client: Client, all: number): void {
  const { recorded, delivered, pending } = client.deliveries()[callback]!;
  assertEquals([recorded, delivered, pending], [all, all, 0]);
}

/** A client that has two events of a consumer in memory at most, and reads what comes then from the store. */
function openNarrow(store: EventStore, track: (value: unknown) => unknown) {
  const { client } = open({
    store,
    recording: { capacity: 2 },
    trackingCallback: (_, { hashValue }) => track(hashValue),
  });
  const see = (id: string) =>
    client.forUser({ attributes: { id } }).isOn("cta");
  return { client, see };
}

/** A store that answers three seconds after it has appended, from some time on. */
function slowable(memory: EventStore) {
  let isSlow = false;
  const store: EventStore = {
    ...memory,
    append: async (...args) => {
      const stored = await memory.append(...args);
      if (isSlow) await new Promise((resolve) => setTimeout(resolve, 3_000));
      return stored;
    },
  };
  return { store, slowDown: () => isSlow = true };
}

Deno.test("a client counts an exposure once that it delivers again, since the store did not hear of it", async () => {
  using time = new FakeTime();
  const memory = memoryStore();
  let isDown = false;
  const calls: unknown[] = [];
  const { client } = open({
    store: {
      ...memory,
      commit: (...args) =>
        isDown ? Promise.reject(new Error("down")) : memory.commit(...args),
    },
    trackingCallback: (_, { hashValue }) => void calls.push(hashValue),
  });
  isDown = true;
  client.forUser({ attributes: { id: "1" } }).isOn("cta");
  await passTime(time, 1_000);
  const letGo = await takeOver(memory, callback);
  isDown = false;
  await letGo();
  await passTime(time, 20_000);
  assertEquals(calls, ["1", "1"]);
  assertCounts(client, 1);
  await passDuring(time, 1_000, client.close());
});

for (const isSettled of [true, false]) {
  const who = isSettled ? "another one" : "it";
  Deno.test(`a client that lost a lane counts what ${who} read of it from the store and delivered`, async () => {
    using time = new FakeTime();
    const memory = memoryStore();
    let isStuck = true;
    const calls = new Set<unknown>();
    const { client, see } = openNarrow(memory, (value) => {
      if (isStuck) return new Promise(() => {});
      calls.add(value);
    });
    for (let id = 0; id < 6; id++) {
      see(String(id));
      await passTime(time, 100);
    }
    assertEquals(client.deliveries()[callback]!.pending, 6);
    const letGo = await takeOver(memory, callback);
    isStuck = false;
    await passTime(time, 40_000);
    if (isSettled) await settleAll(memory);
    await letGo();
    await passTime(time, 40_000);
    assertEquals(calls.size, isSettled ? 0 : 6);
    assertCounts(client, 6);
    await passDuring(time, 1_000, client.close());
  });
}

Deno.test("a client delivers once what it reads from the store before that has answered", async () => {
  using time = new FakeTime();
  const memory = memoryStore();
  const { store, slowDown } = slowable(memory);
  let isStuck = true;
  const calls: unknown[] = [];
  const { client, see } = openNarrow(store, (value) => {
    if (isStuck) throw new Error("not now");
    calls.push(value);
  });
  for (const id of ["1", "2", "3"]) {
    see(id);
    await passTime(time, 10);
  }
  slowDown();
  see("4");
  await passTime(time, 10);
  isStuck = false;
  await passTime(time, 40_000);
  assertEquals(calls.toSorted(), ["1", "2", "3", "4"]);
  assertCounts(client, 4);
  await passDuring(time, 5_000, client.close());
});

Deno.test("a client counts once what it read from the store though it lost the lane before that has answered", async () => {
  using time = new FakeTime();
  const memory = memoryStore();
  const { store, slowDown } = slowable(memory);
  let isStuck = true;
  const calls: unknown[] = [];
  const waiting: (() => void)[] = [];
  const { client, see } = openNarrow(store, (value) => {
    calls.push(value);
    if (isStuck) return new Promise<void>((resolve) => waiting.push(resolve));
  });
  for (const id of ["1", "2", "3", "4"]) {
    if (id === "4") slowDown();
    see(id);
    await passTime(time, 10);
  }
  isStuck = false;
  for (const settle of waiting) settle();
  await passTime(time, 1_000);
  assertEquals(calls, ["1", "2", "3", "4"]);
  const letGo = await takeOver(memory, callback);
  await passTime(time, 10_000);
  await letGo();
  await passTime(time, 20_000);
  assertCounts(client, 4);
  await passDuring(time, 5_000, client.close());
});

Deno.test("what was read before the store answered is not dropped at the end as well", async () => {
  using time = new FakeTime();
  const memory = memoryStore();
  let isAnswering = true;
  const calls: (() => void)[] = [];
  const { client } = open({
    store: {
      ...memory,
      append: async (...parameters) => {
        const stored = await memory.append(...parameters);
        if (!isAnswering) throw new Error("no answer");
        return stored;
      },
    },
    recording: { capacity: 1 },
    trackingCallback: () =>
      new Promise<void>((resolve) => void calls.push(resolve)),
  });
  const show = async (id: string) => {
    client.forUser({ attributes: { id } }).isOn("cta");
    await passTime(time, 10);
  };
  await show("1");
  // There is no room for it in memory, so that it is read from the store, and what follows it as well.
  await show("2");
  isAnswering = false;
  await show("3");
  for (let count = 0; count < 3; count++) {
    calls.shift()!();
    await passTime(time, 10);
  }
  const closing = client.close({ timeout: 10 });
  const { consumers } = await passDuring(time, 1_000, closing);
  const { recorded, delivered, pending, dropped } = consumers[callback]!;
  assertEquals([recorded, delivered, pending, dropped], [3, 3, 0, 0]);
});

Deno.test("a client delivers once what it read before the store answered though it lost all lanes meanwhile", async () => {
  using time = new FakeTime();
  const memory = memoryStore();
  let isAnswering = true;
  const calls: unknown[] = [];
  const waiting: (() => void)[] = [];
  const { client } = open({
    store: {
      ...memory,
      append: async (...parameters) => {
        const stored = await memory.append(...parameters);
        if (!isAnswering) throw new Error("no answer");
        return stored;
      },
    },
    recording: { capacity: 1 },
    trackingCallback: (_, { hashValue }) => {
      calls.push(hashValue);
      return new Promise<void>((resolve) => void waiting.push(resolve));
    },
  });
  for (const id of ["1", "2", "3"]) {
    isAnswering = id !== "3";
    client.forUser({ attributes: { id } }).isOn("cta");
    await passTime(time, 10);
  }
  while (waiting.length > 0) {
    waiting.shift()!();
    await passTime(time, 10);
  }
  assertEquals(calls, ["1", "2", "3"]);
  const letGo = await takeOver(memory, callback);
  isAnswering = true;
  await passTime(time, 40_000);
  await letGo();
  await passTime(time, 20_000);
  assertEquals(calls, ["1", "2", "3"]);
  assertCounts(client, 3);
  await passDuring(time, 5_000, client.close());
});
