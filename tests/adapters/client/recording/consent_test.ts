import { assertEquals } from "@std/assert";
import { memoryStore } from "../../../../adapters/client/mod.ts";
import { sink } from "../../../../adapters/delivery/mod.ts";
import { exposures, open } from "../support.ts";

const users = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({
    attributes: { id: String(from + index) },
  }));

for (const kind of ["without a store", "with a store"]) {
  const storeOf = () => kind === "with a store" ? { store: memoryStore() } : {};

  Deno.test(`tracking that is paused keeps everything ${kind}, and gives it after the consent`, async () => {
    const calls: unknown[] = [];
    const store = storeOf();
    const { client, events } = open({
      ...store,
      tracking: "paused",
      trackingCallback: (_, { hashValue }) => void calls.push(hashValue),
    });
    for (const user of users(3)) client.forUser(user).isOn("cta");
    const before = await client.flush({ timeout: 50 });
    assertEquals(before.isDelivered, false);
    assertEquals(before.consumers["tracking-callback"], {
      recorded: 3,
      delivered: 0,
      pending: 3,
      parked: 0,
      dropped: 0,
      repeated: 0,
      unwanted: 0,
      oldestPending: client.deliveries()["tracking-callback"]!.oldestPending,
      pausedBecause: "consent",
      lastError: null,
    });
    assertEquals([calls, exposures(events)], [[], []]);
    if (store.store) assertEquals(await store.store.read(0), []);
    client.resumeTracking();
    assertEquals((await client.flush()).isDelivered, true);
    assertEquals(calls, ["0", "1", "2"]);
    assertEquals(exposures(events).length, 3);
    await client.close();
  });

  Deno.test(`close() of a paused client waits for the calls that are open, ${kind}`, async () => {
    const store = storeOf();
    const begun = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    let calls = 0;
    const trackingCallback = () => {
      calls++;
      begun.resolve();
      return answer.promise;
    };
    const { client } = open({ ...store, trackingCallback });
    client.forUser(users(1)[0]!).isOn("cta");
    await begun.promise;
    client.pauseTracking();
    const closed = client.close();
    await new Promise((resolve) => setTimeout(resolve));
    answer.resolve();
    const { consumers } = await closed;
    const { recorded, delivered } = consumers["tracking-callback"]!;
    assertEquals([recorded, delivered], [1, 1]);
    // Nobody takes over what is done.
    const { client: next } = open({ ...store, trackingCallback });
    await next.close();
    assertEquals(calls, 1);
  });

  Deno.test(`resumeTracking({ discard }) forgets what was recorded meanwhile, and its marks, ${kind}`, async () => {
    const calls: unknown[] = [];
    const { client } = open({
      ...storeOf(),
      trackingCallback: (_, { hashValue }) => void calls.push(hashValue),
    });
    client.forUser(users(1)[0]!).isOn("cta");
    await client.flush();
    client.pauseTracking();
    for (const user of users(3)) client.forUser(user).isOn("cta");
    client.resumeTracking({ discard: true });
    const { isDelivered, consumers } = await client.flush();
    assertEquals([isDelivered, calls], [true, ["0"]]);
    assertEquals(consumers["tracking-callback"]!.recorded, 1);
    for (const user of users(3)) client.forUser(user).isOn("cta");
    await client.flush();
    assertEquals(calls, ["0", "1", "2"]);
    await client.close();
  });

  Deno.test(`pauseTracking() in a callback holds at once, also for calls side by side, ${kind}`, async () => {
    const calls: unknown[] = [];
    let isPausing = false;
    const { client } = open({
      ...storeOf(),
      trackingCallback: (_, { hashValue }) => {
        calls.push(hashValue);
        if (isPausing) client.pauseTracking();
        // An engine goes on from there, which makes sixteen calls in one turn.
        if (calls.length === 1) throw new Error("not yet");
      },
    });
    client.forUser(users(1)[0]!).isOn("cta");
    await client.flush();
    assertEquals(calls, ["0", "0"]);
    client.pauseTracking();
    for (const user of users(20, 1)) client.forUser(user).isOn("cta");
    isPausing = true;
    for (let paused = 1; paused <= 3; paused++) {
      client.resumeTracking();
      await client.flush({ timeout: 50 });
      assertEquals(calls.slice(2).length, paused);
    }
    isPausing = false;
    client.resumeTracking();
    assertEquals((await client.flush()).isDelivered, true);
    assertEquals(
      calls.slice(2),
      users(20, 1).map((user) => user.attributes.id),
    );
    await client.close();
  });

  Deno.test(`pauseTracking() in a callback also holds for the sinks that come after it, ${kind}`, async () => {
    let sent = 0;
    let isPausing = false;
    const { client } = open({
      ...storeOf(),
      trackingCallback: () => {
        if (isPausing) client.pauseTracking();
      },
      sinks: [sink({ name: "later", send: () => void sent++ })],
    });
    client.forUser(users(1)[0]!).isOn("cta");
    await client.flush();
    assertEquals(sent, 1);
    client.forUser(users(1, 1)[0]!).isOn("cta");
    client.forUser(users(1, 2)[0]!).isOn("cta");
    isPausing = true;
    for (let flushes = 0; flushes < 2; flushes++) {
      client.resumeTracking();
      await client.flush({ timeout: 50 });
      assertEquals(sent, 1);
    }
    const { later } = client.deliveries();
    assertEquals([later!.pending, later!.pausedBecause], [2, "consent"]);
    await client.close({ timeout: 0 });
  });

  Deno.test(`a user with tracking: false leaves nothing ${kind}`, async () => {
    const store = storeOf();
    const { client, events } = open({ ...store, trackingCallback: () => {} });
    const user = client.forUser({ attributes: { id: "1" }, tracking: false });
    assertEquals(user.isOn("cta"), true);
    user.logEvent("clicked");
    user.runExperiment({ key: "inline", variations: [0, 1] });
    const { consumers } = await client.flush();
    assertEquals(consumers["tracking-callback"]!.recorded, 0);
    assertEquals(events.map(({ type }) => type), ["payload.loaded"]);
    if (store.store) assertEquals(await store.store.read(0), []);
    client.forUser({ attributes: { id: "1" } }).isOn("cta");
    assertEquals(client.deliveries()["tracking-callback"]!.recorded, 1);
    await client.close();
  });

  Deno.test(`what waits for a consent at the end is counted as dropped once ${kind}`, async () => {
    const { client } = open({
      ...storeOf(),
      trackingCallback: () => {},
    });
    client.forUser(users(1)[0]!).isOn("cta");
    await client.flush();
    client.pauseTracking();
    for (const user of users(2, 1)) client.forUser(user).isOn("cta");
    const { consumers } = await client.close({ timeout: 50 });
    const { recorded, delivered, pending, dropped } =
      consumers["tracking-callback"]!;
    assertEquals([recorded, delivered, pending, dropped], [3, 1, 0, 2]);
  });
}

Deno.test("a pause is that of one client, not of the other on the same store", async () => {
  const store = memoryStore();
  const calls: string[] = [];
  const openOne = (name: string) =>
    open({
      store,
      trackingCallback: (_, { hashValue }) =>
        void calls.push(`${name} ${hashValue}`),
    }).client;
  const [one, two] = [openOne("one"), openOne("two")];
  one.pauseTracking();
  one.forUser(users(1, 1)[0]!).isOn("cta");
  two.forUser(users(1, 2)[0]!).isOn("cta");
  await two.flush();
  assertEquals((await one.flush({ timeout: 50 })).isDelivered, false);
  assertEquals(calls, ["two 2"]);
  assertEquals((await store.read(0)).length, 1);
  one.resumeTracking();
  await one.flush();
  assertEquals(calls, ["two 2", "one 1"]);
  await one.close();
  await two.close();
});

Deno.test("what waits for a consent is bounded, and the oldest goes first", async () => {
  const calls: unknown[] = [];
  const { client, events } = open({
    tracking: "paused",
    recording: { capacity: 2 },
    trackingCallback: (_, { hashValue }) => void calls.push(hashValue),
  });
  for (const user of users(5)) client.forUser(user).isOn("cta");
  await Promise.resolve();
  const dropped = events.filter(({ type }) => type === "events.dropped");
  assertEquals(dropped.map(({ data }) => data), [{
    reason: "overflow",
    count: 3,
    types: { "experiment.viewed": 3 },
    consumer: null,
  }]);
  client.resumeTracking();
  const { isDelivered, consumers } = await client.flush();
  const { recorded, delivered, pending } = consumers["tracking-callback"]!;
  assertEquals([isDelivered, recorded, delivered, pending], [false, 5, 2, 0]);
  assertEquals(consumers["tracking-callback"]!.dropped, 3);
  assertEquals(calls, ["3", "4"]);
  await client.close();
});

Deno.test("what the store may have is not discarded: it would hide its like", async () => {
  const memory = memoryStore();
  const calls: unknown[] = [];
  let hasAnswer = false;
  const { client } = open({
    store: {
      ...memory,
      append: async (...parameters) => {
        const stored = await memory.append(...parameters);
        if (hasAnswer) return stored;
        client.pauseTracking();
        throw new Error("no answer");
      },
    },
    trackingCallback: (_, { hashValue }) => void calls.push(hashValue),
  });
  const [before, meanwhile] = users(2);
  client.forUser(before!).isOn("cta");
  // The first finds out that there is no answer, the second ends the wait for the next attempt.
  for (let flushes = 0; flushes < 2; flushes++) {
    await client.flush({ timeout: 50 });
  }
  client.forUser(meanwhile!).isOn("cta");
  assertEquals(client.deliveries()["tracking-callback"]!.pending, 2);
  hasAnswer = true;
  client.resumeTracking({ discard: true });
  const { isDelivered, consumers } = await client.flush();
  const { recorded, delivered, repeated } = consumers["tracking-callback"]!;
  assertEquals([isDelivered, recorded, delivered, repeated], [true, 1, 1, 0]);
  assertEquals(calls, ["0"]);
  await client.close();
});

Deno.test("a subscriber of events$ that pauses gets nothing more of what had waited", async () => {
  for (const isFailing of [false, true]) {
    const { client, events } = open({
      trackingCallback: () => {
        if (isFailing) throw new Error("for the engine");
      },
    });
    client.forUser(users(1)[0]!).isOn("cta");
    await client.flush({ timeout: 50 });
    client.pauseTracking();
    for (const user of users(3, 1)) client.forUser(user).isOn("cta");
    const told = exposures(events).length;
    client.events$.subscribe(() => client.pauseTracking());
    client.resumeTracking();
    assertEquals(exposures(events).length - told, 1);
    client.resumeTracking({ discard: true });
    assertEquals(client.deliveries()["tracking-callback"]!.recorded, 2);
    await client.close({ timeout: 0 });
  }
});
