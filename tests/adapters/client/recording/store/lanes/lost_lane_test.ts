import { assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import {
  type EventStore,
  memoryStore,
} from "../../../../../../adapters/client/mod.ts";
import { sink } from "../../../../../../adapters/delivery/sink.ts";
import { exposure } from "../../../../../contracts/event_store/small_event.ts";
import { passDuring, passTime } from "../../../../../support/pass_time.ts";
import { open } from "../../../support.ts";
import { settleAll, takeOver } from "./take_over.ts";

const [callback, destination] = ["tracking-callback", "destination"];

/** A client with two consumers on one store, and what each of them got. */
function openTwo(store: EventStore) {
  const calls: unknown[] = [];
  const sent: unknown[] = [];
  const { client } = open({
    store,
    trackingCallback: (_, { hashValue }) => void calls.push(hashValue),
    sinks: [sink({
      name: destination,
      types: ["experiment.viewed"],
      send: (events) => {
        for (const { data } of events) {
          sent.push((data as { hashValue?: unknown }).hashValue);
        }
      },
    })],
  });
  const see = (id: string) =>
    client.forUser({ attributes: { id } }).isOn("cta");
  const counts = () =>
    [callback, destination].map((name) => {
      const { recorded, delivered, pending } = client.deliveries()[name]!;
      return { recorded, delivered, pending };
    });
  return { client, calls, sent, see, counts };
}

Deno.test("a client sends once to each consumer though one of them lost its lane alone", async () => {
  using time = new FakeTime();
  const store = memoryStore();
  const { client, calls, sent, see, counts } = openTwo(store);
  see("1");
  await passTime(time, 1_000);
  const letGo = await takeOver(store, destination);
  see("2");
  see("3");
  await passTime(time, 1_000);
  await letGo();
  see("4");
  await passTime(time, 20_000);
  assertEquals(calls, ["1", "2", "3", "4"]);
  assertEquals(sent, ["1", "2", "3", "4"]);
  const all = { recorded: 4, delivered: 4, pending: 0 };
  assertEquals(counts(), [all, all]);
  await passDuring(time, 1_000, client.close());
  assertEquals(await store.consumers(), []);
});

/** A process that stands still once before the store has what it appends, and loses a lane by that. */
function freezing(memory: EventStore) {
  let letGo = () => Promise.resolve();
  let isFrozen = false;
  const store: EventStore = {
    ...memory,
    append: async (events, options) => {
      if (isFrozen) letGo = await takeOver(memory, destination);
      isFrozen = false;
      return await memory.append(events, options);
    },
  };
  return { store, freeze: () => isFrozen = true, letGo: () => letGo() };
}

Deno.test("what lands in a lane that a consumer lost meanwhile is given to it by that lane", async () => {
  using time = new FakeTime();
  const memory = memoryStore();
  const { store, freeze, letGo } = freezing(memory);
  const { client, calls, sent, see, counts } = openTwo(store);
  see("1");
  await passTime(time, 1_000);
  freeze();
  see("2");
  await passTime(time, 20_000);
  assertEquals([calls, sent], [["1", "2"], ["1"]]);
  see("3");
  await passTime(time, 1_000);
  assertEquals([calls, sent], [["1", "2", "3"], ["1", "3"]]);
  assertEquals(counts(), [
    { recorded: 3, delivered: 3, pending: 0 },
    { recorded: 3, delivered: 2, pending: 1 },
  ]);
  assertEquals(
    (await passDuring(time, 1_000, client.flush({ timeout: 1_000 })))
      .isDelivered,
    false,
  );
  await letGo();
  await passTime(time, 20_000);
  assertEquals([calls, sent], [["1", "2", "3"], ["1", "3", "2"]]);
  const all = { recorded: 3, delivered: 3, pending: 0 };
  assertEquals(counts(), [all, all]);
  await passDuring(time, 1_000, client.close());
  assertEquals(await memory.consumers(), []);
});

Deno.test("what another client delivered of a late append counts as delivered", async () => {
  using time = new FakeTime();
  const memory = memoryStore();
  const { store, freeze, letGo } = freezing(memory);
  const { client, sent, see, counts } = openTwo(store);
  see("1");
  await passTime(time, 1_000);
  freeze();
  see("2");
  await passTime(time, 1_000);
  await settleAll(memory);
  await letGo();
  await passTime(time, 20_000);
  assertEquals(sent, ["1"]);
  const all = { recorded: 2, delivered: 2, pending: 0 };
  assertEquals(counts(), [all, all]);
  await passDuring(time, 1_000, client.close());
});

Deno.test("a client claims a lane with a late append again, though no store lists it", async () => {
  using time = new FakeTime();
  const memory = memoryStore();
  let failures = 0;
  let isLate = false;
  const { client, sent, see, counts } = openTwo({
    ...memory,
    claim: async (key, owner) => {
      if (key.lane !== owner && failures++ < 2) throw new Error("down");
      return await memory.claim(key, owner);
    },
    append: async (...args) => {
      // All that the lane had was done, so that this store has forgotten it by then.
      if (isLate) await (await takeOver(memory, destination))();
      isLate = false;
      return await memory.append(...args);
    },
  });
  see("1");
  await passTime(time, 1_000);
  isLate = true;
  see("2");
  await passTime(time, 20_000);
  assertEquals([sent.includes("2"), failures > 2], [true, true]);
  const all = { recorded: 2, delivered: 2, pending: 0 };
  assertEquals(counts(), [all, all]);
  await passDuring(time, 1_000, client.close());
});

Deno.test("a client reads a lane that it was given without an answer", async () => {
  using time = new FakeTime();
  const memory = memoryStore();
  const left = { name: callback, lane: "left" };
  await memory.claim(left, "left");
  await memory.append([exposure(1)], { lane: "left" });
  await memory.release(left, "left");
  let answers = 0;
  const { client, calls } = openTwo({
    ...memory,
    claim: async (key, owner) => {
      const claim = await memory.claim(key, owner);
      if (key.lane === "left" && answers++ < 2) throw new Error("no answer");
      return claim;
    },
  });
  await passTime(time, 20_000);
  assertEquals([calls.length, answers], [1, 3]);
  await passDuring(time, 1_000, client.close());
  assertEquals(await memory.consumers(), []);
});
