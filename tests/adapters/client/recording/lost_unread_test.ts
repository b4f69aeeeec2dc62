import { assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import { memoryStore } from "../../../../adapters/client/mod.ts";
import { passDuring, passTime } from "../../../support/pass_time.ts";
import { open } from "../support.ts";

const callback = "tracking-callback";

/** Six exposures, of which a client has no room for the last ones, so that they wait in the store. */
async function fall(time: FakeTime) {
  const store = memoryStore();
  const calls: unknown[] = [];
  const waiting: (() => void)[] = [];
  let isStuck = true;
  const { client, events } = open({
    store,
    recording: { capacity: 2 },
    trackingCallback: (_, { hashValue }) => {
      calls.push(hashValue);
      if (!isStuck) return;
      return new Promise<void>((resolve) => void waiting.push(resolve));
    },
  });
  const show = (id: string) =>
    client.forUser({ attributes: { id } }).isOn("cta");
  for (const id of ["1", "2", "3", "4", "5", "6"]) {
    show(id);
    await passTime(time, 10);
  }
  return {
    client,
    store,
    show,
    calls,
    settleOne: async () => {
      waiting.shift()!();
      await passTime(time, 10);
    },
    goOn: async () => {
      isStuck = false;
      for (const settle of waiting) settle();
      await passTime(time, 10_000);
    },
    counts: () => {
      const { recorded, delivered, pending, dropped } = client
        .deliveries()[callback]!;
      return { recorded, delivered, pending, dropped };
    },
    told: () =>
      events.filter(({ type }) => type === "events.dropped")
        .map(({ data }) => data),
  };
}

for (const through of [5, 6]) {
  Deno.test(`what a store pruned up to ${through} of 6, before the client had room for it, counts as dropped`, async () => {
    using time = new FakeTime();
    const { client, store, calls, goOn, counts, told } = await fall(time);
    await store.prune(through);
    await goOn();
    const lost = through - 2;
    assertEquals(calls.length, 6 - lost);
    assertEquals(counts(), {
      recorded: 6,
      delivered: 6 - lost,
      pending: 0,
      dropped: lost,
    });
    assertEquals(told(), [{
      reason: "overflow",
      count: lost,
      types: { "experiment.viewed": lost },
      consumer: callback,
    }]);
    const [isDelivered, isDeliveredSince] = await passDuring(
      time,
      1_000,
      (async () => [
        (await client.flush()).isDelivered,
        (await client.flush()).isDelivered,
      ])(),
    );
    assertEquals([isDelivered, isDeliveredSince], [false, true]);
    // The store tells of them itself, once.
    const log = await store.read(0);
    assertEquals(
      log.filter(({ type }) => type === "events.dropped").length,
      1,
    );
    await passDuring(time, 1_000, client.close());
  });
}

Deno.test("an exposure that a store pruned, before the client had room for it, is recorded anew", async () => {
  using time = new FakeTime();
  const { client, store, calls, goOn, show, counts } = await fall(time);
  await store.prune(5);
  await goOn();
  for (const id of ["4", "6", "4"]) show(id);
  await passTime(time, 10);
  assertEquals(calls, ["1", "2", "6", "4"]);
  const { repeated } = client.deliveries()[callback]!;
  assertEquals([counts().recorded, counts().delivered, repeated], [7, 4, 1]);
  await passDuring(time, 1_000, client.close());
});

Deno.test("what was erased from a store, before the client had room for it, counts as never recorded", async () => {
  using time = new FakeTime();
  const { client, store, calls, goOn, counts } = await fall(time);
  await store.erase({ attribute: "id", value: "4" });
  await goOn();
  assertEquals(calls, ["1", "2", "3", "5", "6"]);
  assertEquals(counts(), {
    recorded: 5,
    delivered: 5,
    pending: 0,
    dropped: 0,
  });
  const { isDelivered } = await passDuring(time, 1_000, client.flush());
  assertEquals(isDelivered, true);
  await passDuring(time, 1_000, client.close());
});

Deno.test("what a store pruned counts as dropped as soon as the client reads on", async () => {
  using time = new FakeTime();
  const { client, store, settleOne, counts } = await fall(time);
  await store.prune(4);
  await settleOne();
  assertEquals(counts(), { recorded: 6, delivered: 1, pending: 3, dropped: 2 });
  await passDuring(time, 12_000, client.close());
});
