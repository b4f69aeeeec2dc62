import { assert, assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import {
  type EventStore,
  memoryStore,
} from "../../../../adapters/client/mod.ts";
import { listParked } from "../../../../adapters/delivery/list_parked.ts";
import { redeliver } from "../../../../adapters/delivery/redeliver.ts";
import { passDuring, passTime } from "../../../support/pass_time.ts";
import { open } from "../support.ts";

const userOf = (index: number) => ({ attributes: { id: String(index) } });

Deno.test("three clients on one log store and deliver an exposure once", async () => {
  const store = memoryStore();
  const calls: unknown[] = [];
  const clients = [1, 2, 3].map(() =>
    open({
      store,
      trackingCallback: (_, { hashValue }) => void calls.push(hashValue),
    }).client
  );
  for (let index = 0; index < 300; index++) {
    for (const client of clients) client.forUser(userOf(index)).isOn("cta");
  }
  const reports = await Promise.all(clients.map((client) => client.flush()));
  assertEquals(reports.map(({ isDelivered }) => isDelivered), [
    true,
    true,
    true,
  ]);
  assertEquals((await store.read(0, 1_000)).length, 300);
  assertEquals(calls.length, 300);
  assertEquals(new Set(calls).size, 300);
  const repeated = reports.map(({ consumers }) =>
    consumers["tracking-callback"]!.repeated
  );
  assertEquals(repeated.reduce((sum, each) => sum + each, 0), 600);
  for (const client of clients) await client.close();
  assertEquals(await store.consumers(), []);
});

Deno.test("a client that starts again does not repeat an exposure", async () => {
  const store = memoryStore();
  let calls = 0;
  for (let restart = 0; restart < 3; restart++) {
    const { client } = open({
      store,
      attributes: { id: "1" },
      trackingCallback: () => void calls++,
    });
    client.isOn("cta");
    await client.close();
  }
  assertEquals([calls, (await store.read(0)).length], [1, 1]);
});

/** A store as a process sees it that ends without a word: its owners are gone, its calls fail. */
function processOf(store: EventStore): { store: EventStore; kill: () => void } {
  let isDead = false;
  const owners = new Map<
    string,
    { key: Parameters<EventStore["claim"]>[0]; owner: string }
  >();
  const alive = <Args extends unknown[], Result>(
    action: (...args: Args) => Promise<Result>,
  ) =>
  (...args: Args) => isDead ? new Promise<Result>(() => {}) : action(...args);
  return {
    store: {
      ...store,
      append: alive(store.append),
      commit: alive(store.commit),
      release: alive(store.release),
      claim: alive(async (key, owner) => {
        const claim = await store.claim(key, owner);
        if (claim !== null) {
          owners.set(`${key.name}|${key.lane}`, { key, owner });
        }
        return claim;
      }),
    },
    kill: () => {
      isDead = true;
      for (const { key, owner } of owners.values()) {
        void store.release(key, owner);
      }
    },
  };
}

Deno.test("what a client that died had not delivered, another one delivers within 15 seconds", async () => {
  using time = new FakeTime();
  const store = memoryStore();
  const dying = processOf(store);
  const seen: string[] = [];
  const first = open({
    store: dying.store,
    trackingCallback: (_, { hashValue }, __, { id }) => {
      if (Number(hashValue) % 2 === 1) return new Promise(() => {});
      seen.push(id);
    },
  });
  const rebuilt: boolean[] = [];
  const second = open({
    store,
    trackingCallback: (_, __, ___, { id, isRebuilt }) => {
      seen.push(id);
      rebuilt.push(isRebuilt);
    },
  });
  await passTime(time, 100);
  for (let index = 0; index < 10; index++) {
    first.client.forUser(userOf(index)).isOn("cta");
  }
  await passTime(time, 100);
  assertEquals(seen.length, 5);
  dying.kill();
  await passTime(time, 15_000);
  assertEquals(seen.length, 10);
  assertEquals(rebuilt, [true, true, true, true, true]);
  const ids = (await store.read(0)).map(({ id }) => id);
  assertEquals(new Set(seen), new Set(ids));
  await second.client.close();
  assertEquals(await store.consumers(), []);
});

Deno.test("a client leaves the lane of one that is alive alone", async () => {
  using time = new FakeTime();
  const store = memoryStore();
  let calls = 0;
  const slow = open({
    store,
    trackingCallback: () => new Promise(() => {}),
  });
  const other = open({ store, trackingCallback: () => void calls++ });
  slow.client.forUser(userOf(1)).isOn("cta");
  other.client.forUser(userOf(2)).isOn("cta");
  await passTime(time, 120_000);
  assertEquals(calls, 1);
  await passDuring(time, 10, slow.client.close({ timeout: 10 }));
  await passTime(time, 15_000);
  assertEquals(calls, 2);
  await other.client.close();
});

Deno.test("a client that lost its lane counts what the other one delivered", async () => {
  using time = new FakeTime();
  const memory = memoryStore();
  let isLost = false;
  const store: EventStore = {
    ...memory,
    claim: async (key, owner) => {
      const claim = await memory.claim(key, owner);
      return claim === null
        ? null
        : { ...claim, isHeld: () => !isLost && claim.isHeld() };
    },
    commit: (key, owner, checkpoint) =>
      isLost ? Promise.resolve(false) : memory.commit(key, owner, checkpoint),
  };
  let isFrozen = true;
  const { client } = open({
    store,
    trackingCallback: () => isFrozen ? new Promise(() => {}) : undefined,
  });
  for (let index = 0; index < 5; index++) {
    client.forUser(userOf(index)).isOn("cta");
  }
  await passTime(time, 100);
  const [state] = await memory.consumers();
  const key = { name: state!.name, lane: state!.lane };
  isLost = true;
  await memory.release(key, state!.owner!);
  await memory.claim(key, "other");
  const { last } = await memory.positions();
  await memory.commit(key, "other", { position: last, unsettled: [] });
  isFrozen = false;
  await passTime(time, 40_000);
  isLost = false;
  await memory.release(key, "other");
  await passTime(time, 40_000);
  client.forUser(userOf(9)).isOn("cta");
  await passTime(time, 40_000);
  const report = client.deliveries()["tracking-callback"]!;
  assertEquals([report.recorded, report.delivered, report.pending], [6, 6, 0]);
  await client.close();
});

Deno.test("an exposure that was parked is delivered again on demand", async () => {
  using time = new FakeTime();
  const store = memoryStore();
  let isBad = true;
  const calls: number[] = [];
  const { client } = open({
    store,
    trackingCallback: (_, __, ___, { attempt }) => {
      if (isBad) throw Object.assign(new Error("no"), { delivery: "reject" });
      calls.push(attempt);
    },
  });
  client.forUser(userOf(1)).isOn("cta");
  await passTime(time, 1_000);
  const [parked] = await listParked(store, "tracking-callback");
  assertEquals([parked?.reason, parked?.message], ["refused", "no"]);
  isBad = false;
  assertEquals(await redeliver(store, "tracking-callback"), 1);
  await passTime(time, 6_000);
  assertEquals(calls, [1]);
  assertEquals(await listParked(store, "tracking-callback"), []);
  await client.close();
});

Deno.test("a parked exposure comes again where its claim was lost as it was in hand", async () => {
  using time = new FakeTime();
  const memory = memoryStore();
  let epoch = 0;
  const store: EventStore = {
    ...memory,
    // As Redis is not told for the lifetime of a claim: all of them are lost at once.
    claim: async (key, owner) => {
      const claim = await memory.claim(key, owner);
      const claimed = epoch;
      return claim && { ...claim, isHeld: () => claimed === epoch };
    },
  };
  const calls: string[] = [];
  let answer: () => unknown = () => {
    throw Object.assign(new Error("no"), { delivery: "reject" });
  };
  const { client } = open({
    store,
    trackingCallback: (_, { hashValue }, _user, { signal }) => {
      calls.push(String(hashValue));
      if (calls.length === 2) {
        signal.addEventListener("abort", () => calls.push("aborted"));
      }
      return answer();
    },
  });
  client.forUser(userOf(1)).isOn("cta");
  await passTime(time, 1_000);
  answer = () => new Promise(() => {});
  await redeliver(store, "tracking-callback");
  await passTime(time, 6_000);
  assertEquals(calls, ["1", "1"]);
  epoch++;
  answer = () => {};
  await passTime(time, 6_000);
  assertEquals(calls, ["1", "1", "aborted", "1"]);
  assertEquals(await listParked(store, "tracking-callback"), []);
  const states = await memory.consumers();
  assertEquals(states.filter(({ lane }) => lane === "redelivery"), []);
  await client.close();
});

Deno.test("an exposure of a later version is parked unread", async () => {
  using time = new FakeTime();
  const store = memoryStore();
  const dead = { name: "tracking-callback", lane: "dead" };
  await store.claim(dead, "dead");
  await store.append([{
    id: "1",
    time: 0,
    type: "experiment.viewed",
    version: 2,
    data: {},
  }], { lane: "dead" });
  await store.release(dead, "dead");
  let calls = 0;
  const { client } = open({ store, trackingCallback: () => void calls++ });
  await passTime(time, 15_000);
  assertEquals(calls, 0);
  assertEquals(
    (await listParked(store, "tracking-callback")).map(({ reason }) => reason),
    ["unreadable"],
  );
  await client.close();
});

Deno.test("a client reads nothing of a long log when it starts", async () => {
  const memory = memoryStore({ capacity: 50_000 });
  for (let batch = 0; batch < 20; batch++) {
    await memory.append(Array.from({ length: 500 }, (_, index) => ({
      id: `${batch}-${index}`,
      time: 0,
      type: "custom",
      version: 1,
      data: { name: "x", properties: {} },
    })));
  }
  let reads = 0;
  const store: EventStore = {
    ...memory,
    read: (...args) => {
      reads++;
      return memory.read(...args);
    },
  };
  const { client } = open({ store, trackingCallback: () => {} });
  for (let index = 0; index < 100; index++) {
    client.forUser(userOf(index)).isOn("cta");
  }
  await client.flush();
  assert(reads === 0, `${reads} reads`);
  await client.close();
});
