import { assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import { memoryStore } from "../../../../adapters/log/memory_store.ts";
import type { EventStore } from "../../../../adapters/log/port/event_store.ts";
import { consume } from "../../../../adapters/delivery/consume.ts";
import { durableStore } from "../../../../adapters/sqlite/mod.ts";
import { customEvent } from "../../../support/events/custom_event.ts";
import { passDuring, passTime } from "../../../support/pass_time.ts";
import { open } from "../../client/support.ts";

/**
 * The way of a process to a store that others share. It can be cut off, what it owns can lapse, and
 * the process can be killed.
 */
function wayTo(shared: EventStore) {
  let isCut = false;
  let isDead = false;
  const claims = new Map<string, Parameters<EventStore["claim"]>>();
  const by = <Args extends unknown[], Result>(
    call: (...args: Args) => Promise<Result>,
  ) =>
  (...args: Args): Promise<Result> =>
    isDead
      ? new Promise(() => {})
      : isCut
      ? Promise.reject(new Error("database is locked"))
      : call(...args);
  const disk: EventStore = {
    ...shared,
    append: by(shared.append),
    read: by(shared.read),
    positions: by(shared.positions),
    consumers: by(shared.consumers),
    claim: by(async (key, owner) => {
      claims.set(JSON.stringify([key, owner]), [key, owner]);
      return await shared.claim(key, owner);
    }),
    commit: by(shared.commit),
    release: by(shared.release),
    park: by(shared.park),
    parked: by(shared.parked),
    unpark: by(shared.unpark),
    redeliver: by(shared.redeliver),
  };
  const lapse = async () => {
    for (const claim of claims.values()) await shared.release(...claim);
    claims.clear();
  };
  return {
    store: durableStore(disk),
    cut: () => isCut = true,
    mend: () => isCut = false,
    lapse,
    kill: async () => {
      isDead = true;
      await lapse();
    },
  };
}

/** Counts how often each text came. */
function createCounts() {
  const counts: { [text: string]: number } = {};
  return {
    counts,
    add: (text: string) => {
      counts[text] = (counts[text] ?? 0) + 1;
    },
  };
}

function each(texts: readonly string[], count: number) {
  return Object.fromEntries(texts.map((text) => [text, count]));
}

const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

/** Two clients, what is to be delivered of their visitors, and how often each of it was. */
function openPair(way: EventStore, shared: EventStore) {
  const { counts, add } = createCounts();
  const start = (store: EventStore) =>
    open({
      store,
      trackingCallback: (_, { hashValue }) => add(String(hashValue)),
    }).client;
  const [pod, other] = [start(way), start(shared)];
  const wanted: string[] = [];
  const visit = (client: typeof pod, prefix: string) => {
    for (const id of names(prefix, 30)) {
      wanted.push(id);
      client.forUser({ attributes: { id } }).isOn("cta");
    }
  };
  return { pod, other, visit, counts, wanted };
}

Deno.test("a client repeats nothing of an outage, though others wrote meanwhile and it dies then", async () => {
  using time = new FakeTime();
  const shared = memoryStore();
  const way = wayTo(shared);
  const { pod, other, visit, counts, wanted } = openPair(way.store, shared);
  visit(pod, "before");
  await passTime(time, 100);
  way.cut();
  visit(pod, "held");
  visit(other, "other");
  await passTime(time, 500);
  way.mend();
  await passTime(time, 1_000);
  await way.kill();
  await passTime(time, 20_000);
  assertEquals(counts, each(wanted, 1));
  await passDuring(time, 1_000, other.close());
  assertEquals(await shared.consumers(), []);
});

Deno.test("a client repeats nothing of an outage, though its lane was taken over meanwhile", async () => {
  using time = new FakeTime();
  const shared = memoryStore();
  const way = wayTo(shared);
  const { pod, other, visit, counts, wanted } = openPair(way.store, shared);
  visit(pod, "before");
  visit(other, "other");
  await passTime(time, 100);
  way.cut();
  visit(pod, "held");
  await way.lapse();
  await passTime(time, 20_000);
  visit(pod, "held long");
  way.mend();
  await passTime(time, 40_000);
  visit(pod, "after");
  await passTime(time, 20_000);
  assertEquals(counts, each(wanted, 1));
  await passDuring(time, 1_000, Promise.all([pod.close(), other.close()]));
  assertEquals(await shared.consumers(), []);
});

Deno.test("a client delivers what it records in the very moment in which its store heals", async () => {
  using time = new FakeTime();
  const shared = memoryStore();
  const way = wayTo(shared);
  const { counts, add } = createCounts();
  const { client } = open({
    store: way.store,
    trackingCallback: (_, { hashValue }) => add(String(hashValue)),
  });
  const wanted: string[] = [];
  const visit = (id: string) => {
    wanted.push(id);
    client.forUser({ attributes: { id } }).isOn("cta");
  };
  visit("before");
  await passTime(time, 100);
  way.cut();
  visit("held");
  await passTime(time, 500);
  await shared.append([customEvent("of another process")]);
  way.mend();
  way.store.status$.subscribe(({ state }) => {
    if (state === "ok") visit("healed");
  });
  visit("late");
  time.tick(500);
  visit("later");
  await passTime(time, 30_000);
  assertEquals(counts, each(wanted, 1));
  await passDuring(time, 1_000, client.close());
  assertEquals(await shared.consumers(), []);
});

Deno.test("consume() repeats nothing of an outage, and misses nothing that others wrote meanwhile", async () => {
  using time = new FakeTime();
  const shared = memoryStore();
  const way = wayTo(shared);
  const { counts, add } = createCounts();
  const consumer = consume(way.store, "warehouse", (events) => {
    for (const { id } of events) add(id);
  }, { types: ["custom"] });
  const wanted: string[] = [];
  const append = async (store: EventStore, prefix: string) => {
    for (const id of names(prefix, 200)) {
      wanted.push(id);
      await store.append([customEvent(id)]);
    }
  };
  await append(way.store, "before");
  await passTime(time, 6_000);
  way.cut();
  await append(way.store, "held");
  await append(shared, "other");
  await passTime(time, 900);
  way.mend();
  await passTime(time, 10_000);
  await append(way.store, "after");
  await passTime(time, 10_000);
  assertEquals(counts, each(wanted, 1));
  await consumer.stop();
  await way.store.close();
});

Deno.test("a disk that fails now and then gives nothing again that others have settled", async () => {
  using time = new FakeTime();
  const shared = memoryStore();
  const way = wayTo(shared);
  const lane = { name: "a", lane: "x" };
  const left = [lane, { name: "a" }];
  for (const key of left) await shared.claim(key, "x");
  await shared.append(names("old", 5).map(customEvent), { lane: "x" });
  for (const key of left) {
    await shared.commit(key, "x", { position: 4, unsettled: [] });
    await shared.release(key, "x");
  }
  await way.store.append([customEvent("before")]);
  way.cut();
  await way.store.append([customEvent("held")]);
  // The disk alone can tell who may take over what another client left, and from where on.
  assertEquals(await way.store.claim(lane, "one"), null);
  const claim = await way.store.claim({ name: "a" }, "one");
  way.mend();
  const held = await way.store.read(claim!.checkpoint.position);
  assertEquals(held.map(({ type, id }) => type === "custom" ? id : type), [
    "storage.degraded",
    "held",
  ]);
  await passTime(time, 5_000);
  const healed = await way.store.claim({ name: "a" }, "one");
  const rest = await way.store.read(healed!.checkpoint.position);
  assertEquals(rest[0]?.id, "old-4");
  await way.store.close();
});

Deno.test("a lane of another client is left to others while the disk fails", async () => {
  const shared = memoryStore();
  const way = wayTo(shared);
  const lane = { name: "a", lane: "x" };
  await shared.claim(lane, "x");
  await shared.append([customEvent("old")], { lane: "x" });
  await shared.release(lane, "x");
  const adopted = await way.store.claim(lane, "one");
  const own = await way.store.claim({ name: "a", lane: "one" }, "one");
  way.cut();
  await way.store.append([customEvent("held")], { lane: "one" });
  await way.lapse();
  // Another one has it by now, and goes on with it.
  await shared.claim(lane, "two");
  way.mend();
  assertEquals([adopted!.isHeld(), own!.isHeld()], [false, true]);
  assertEquals(await way.store.claim(lane, "one"), null);
  // It is done with it, and the disk has it no more.
  await shared.commit(lane, "two", { position: 1, unsettled: [] });
  await shared.release(lane, "two");
  assertEquals(await shared.consumers(), []);
  assertEquals(await way.store.claim(lane, "one"), null);
  await way.store.close();
});

Deno.test("a client gives back a lane that it claimed again, and can't go on with", async () => {
  using time = new FakeTime();
  const shared = memoryStore();
  let moves = 0;
  let isMoving = false;
  const { client } = open({
    store: {
      ...shared,
      claim: async (key, owner) => {
        // Events get other positions while it is being claimed.
        if (isMoving) moves++;
        isMoving = false;
        const since = moves;
        const claim = await shared.claim(key, owner);
        return claim && { ...claim, isHeld: () => moves === since };
      },
    },
    trackingCallback: () => {},
  });
  client.forUser({ attributes: { id: "7" } }).isOn("cta");
  await passTime(time, 1_000);
  const [state] = await shared.consumers();
  const key = { name: state!.name, lane: state!.lane };
  await shared.release(key, state!.owner!);
  await shared.claim(key, "another");
  await shared.release(key, "another");
  await shared.append([customEvent("late")], { lane: key.lane });
  await shared.claim(key, "another");
  await shared.release(key, "another");
  isMoving = true;
  await passTime(time, 20_000);
  const owners = (await shared.consumers()).map(({ owner }) => owner);
  assertEquals([isMoving, owners.includes(state!.owner)], [false, false]);
  await passDuring(time, 1_000, client.close());
});

Deno.test("a client delivers though its disk failed as it claimed its lane there", async () => {
  using time = new FakeTime();
  const disk = memoryStore();
  let claims = 0;
  const store = durableStore({
    ...disk,
    claim: async (...parameters) => {
      const claim = await disk.claim(...parameters);
      if (claims++ === 0) throw new Error("disk I/O error");
      return claim;
    },
  }, { onWarning: () => {} });
  const calls: unknown[] = [];
  const { client } = open({
    store,
    trackingCallback: (_, { hashValue }) => void calls.push(hashValue),
  });
  client.forUser({ attributes: { id: "1" } }).isOn("cta");
  await passTime(time, 30_000);
  assertEquals(calls, ["1"]);
  assertEquals(
    (await passDuring(time, 1_000, client.close())).isDelivered,
    true,
  );
  await store.close();
});

Deno.test("a claim that the disk still gave as it failed is held, and ends where positions move", async () => {
  using time = new FakeTime();
  const shared = memoryStore();
  let isCut = false;
  const claims: (() => void)[] = [];
  const store = durableStore({
    ...shared,
    consumers: () =>
      isCut
        ? Promise.reject(new Error("database is locked"))
        : shared.consumers(),
    claim: async (key, owner) => {
      const claim = await shared.claim(key, owner);
      if (isCut) await new Promise<void>((resolve) => claims.push(resolve));
      return claim;
    },
  });
  const key = { name: "name", lane: "owner" };
  isCut = true;
  const claiming = store.claim(key, "owner");
  await passTime(time, 10);
  await store.consumers();
  claims.forEach((answer) => answer());
  const claim = await claiming;
  assertEquals(claim?.isHeld(), true);
  await store.append([customEvent("held")], { lane: "owner" });
  // Another process writes: what is held gets other positions.
  await shared.append([customEvent("other")]);
  isCut = false;
  await passTime(time, 2_000);
  assertEquals(claim?.isHeld(), false);
  const [state] = await shared.consumers();
  assertEquals([state?.lane, state?.owner], ["owner", null]);
  await store.close();
});

Deno.test("a lane that was adopted as its disk failed is delivered once that works again", async () => {
  using time = new FakeTime();
  const shared = memoryStore();
  const way = wayTo(shared);
  const { store } = way;
  // What a client left that is gone.
  const dead = { name: "tracking-callback", lane: "dead" };
  await shared.claim(dead, "dead");
  const gone = open({ store: shared }).client;
  for (const id of ["a", "b", "c"]) {
    gone.forUser({ attributes: { id } }).isOn("cta");
  }
  await gone.flush();
  const events = await shared.read(0);
  await shared.append(
    events.map(({ position, ...event }) => ({
      ...event,
      id: `left-${position}`,
    })),
    { lane: "dead" },
  );
  await shared.release(dead, "dead");
  const calls: unknown[] = [];
  let isSlow = true;
  const { client } = open({
    store,
    onError: () => {},
    trackingCallback: async (_, { hashValue }) => {
      calls.push(hashValue);
      if (isSlow) await new Promise(() => {});
    },
  });
  await passTime(time, 6_000);
  assertEquals(calls.length, 3);
  way.cut();
  await passTime(time, 6_000);
  isSlow = false;
  way.mend();
  await passTime(time, 120_000);
  assertEquals(calls, ["a", "b", "c", "a", "b", "c"]);
  assertEquals(await shared.consumers(), []);
  await client.close();
});

Deno.test("a lane with something parked is let go where positions move", async () => {
  using time = new FakeTime();
  const shared = memoryStore();
  const way = wayTo(shared);
  const key = { name: "name", lane: "owner" };
  await way.store.claim(key, "owner");
  way.cut();
  const [held] = await way.store.append([customEvent("held")], {
    lane: "owner",
  });
  const parking = { reason: "refused", attempts: 1, message: "no" } as const;
  assertEquals(
    await way.store.park(key, "owner", [{ event: held!, ...parking }]),
    true,
  );
  await shared.append([customEvent("other")]);
  way.mend();
  await passTime(time, 2_000);
  const [state] = await shared.consumers();
  assertEquals([state?.lane, state?.owner], ["owner", null]);
  assertEquals((await shared.parked("name")).length, 1);
  await way.store.close();
});

Deno.test("what comes to a lane that was given up as the disk fails again is there for others", async () => {
  for (const fails of ["before", "as", "after"]) {
    using time = new FakeTime();
    const shared = memoryStore();
    let isCut = false;
    let failsToAppend = false;
    const by = <Args extends unknown[], Result>(
      call: (...args: Args) => Promise<Result>,
    ) =>
    (...args: Args): Promise<Result> =>
      isCut ? Promise.reject(new Error("database is locked")) : call(...args);
    const store = durableStore({
      ...shared,
      consumers: by(shared.consumers),
      claim: by(shared.claim),
      commit: by(shared.commit),
      release: by(shared.release),
      append: async (events, options) => {
        isCut ||= failsToAppend;
        if (isCut && fails !== "after") throw new Error("database is locked");
        const stored = await shared.append(events, options);
        if (isCut) throw new Error("database is locked");
        return stored;
      },
    });
    const key = { name: "name", lane: "owner" };
    await store.claim(key, "owner");
    isCut = true;
    await store.append([customEvent("held")], { lane: "owner" });
    await store.commit(key, "owner", { position: 2, unsettled: [] });
    await shared.append([customEvent("other")]);
    isCut = false;
    await passTime(time, 2_000);
    // Its client does not know yet that the lane is not its own any more.
    failsToAppend = true;
    if (fails === "before") {
      isCut = true;
      await store.consumers();
    }
    await store.append([customEvent("late")], { lane: "owner" });
    isCut = failsToAppend = false;
    await passTime(time, 5_000);
    const states = await shared.consumers();
    assertEquals(states.map(({ lane, owner }) => [lane, owner]), [
      ["owner", null],
    ]);
    const [{ checkpoint }] = states as [typeof states[number]];
    const left = await shared.read(checkpoint.position, 10, "owner");
    assertEquals(left.map(({ id }) => id), ["late"]);
    await store.close();
  }
});

Deno.test("a reader that has claimed a log misses nothing that comes before it could read it", async () => {
  for (const isClaimed of [true, false]) {
    using time = new FakeTime();
    const shared = memoryStore();
    const key = { name: "name" };
    await shared.append(names("before", 9).map((id) => customEvent(id)));
    await shared.claim(key, "first");
    await shared.commit(key, "first", { position: 9, unsettled: [] });
    await shared.release(key, "first");
    let isCut = !isClaimed;
    const store = durableStore({
      ...shared,
      append: (...args) =>
        isCut
          ? Promise.reject(new Error("database is locked"))
          : shared.append(...args),
    });
    if (isClaimed) await store.claim(key, "second");
    isCut = true;
    await store.append([customEvent("held")]);
    const claim = await store.claim(key, "second");
    const { position } = claim!.checkpoint;
    const ids = (await store.read(position)).map(({ id }) => id);
    assertEquals(ids.at(-1), "held");
    isCut = false;
    await passTime(time, 2_000);
    const [state] = await shared.consumers();
    const left = await shared.read(state!.checkpoint.position);
    assertEquals(left.at(-1)?.id, "held");
    await store.close();
  }
});

Deno.test("what was claimed again after positions moved is kept where the disk fails again", async () => {
  for (const lane of ["", "redelivery", "owner"]) {
    using time = new FakeTime();
    const shared = memoryStore();
    const way = wayTo(shared);
    const { store } = way;
    const key = { name: "name", lane };
    const first = await store.claim(key, "owner");
    way.cut();
    await store.append([customEvent("held")]);
    await shared.append([customEvent("other")]);
    way.mend();
    await passTime(time, 2_000);
    assertEquals(first?.isHeld(), false);
    const second = await store.claim(key, "owner");
    assertEquals(second?.isHeld(), true);
    way.cut();
    await store.append([customEvent("late")]);
    way.mend();
    await passTime(time, 5_000);
    assertEquals(second?.isHeld(), true);
    assertEquals(
      (await shared.consumers()).map(({ owner }) => owner),
      ["owner"],
    );
    await store.close();
  }
});

Deno.test("what was parked as the disk failed is there for the owner that takes the key over", async () => {
  using time = new FakeTime();
  const shared = memoryStore();
  const key = { name: "name", lane: "" };
  const way = wayTo({
    ...shared,
    release: async (given, owner) => {
      const isReleased = await shared.release(given, owner);
      if (owner === "owner") await shared.claim(given, "other");
      return isReleased;
    },
  });
  await way.store.claim(key, "owner");
  way.cut();
  const [, event] = await way.store.append([
    customEvent("first"),
    customEvent("second"),
  ]);
  const parking = { reason: "refused", attempts: 1, message: "no" } as const;
  await way.store.park(key, "owner", [{ event: event!, ...parking }]);
  await way.store.commit(key, "owner", {
    position: event!.position,
    unsettled: [],
  });
  await way.store.release(key, "owner");
  way.mend();
  await passTime(time, 2_000);
  const [state] = await shared.consumers();
  assertEquals([state?.owner, state?.checkpoint.unsettled], ["other", []]);
  assertEquals(
    (await shared.parked("name")).map(({ event }) => event.id),
    ["second"],
  );
  await way.store.close();
});

Deno.test("who took a key over in this process as the disk failed has it there, with what it parked", async () => {
  using time = new FakeTime();
  const shared = memoryStore();
  const key = { name: "name", lane: "" };
  const way = wayTo(shared);
  await way.store.claim(key, "first");
  way.cut();
  const [event] = await way.store.append([customEvent("only")]);
  await way.store.release(key, "first");
  const claim = await way.store.claim(key, "second");
  const parking = { reason: "refused", attempts: 1, message: "no" } as const;
  await way.store.park(key, "second", [{ event: event!, ...parking }]);
  const position = event!.position;
  await way.store.commit(key, "second", { position, unsettled: [] });
  way.mend();
  await passTime(time, 2_000);
  const [state] = await shared.consumers();
  assertEquals(
    [state?.owner, state?.checkpoint.position, claim?.isHeld()],
    ["second", position, true],
  );
  assertEquals(
    (await shared.parked("name")).map(({ event }) => event.id),
    ["only"],
  );
  await way.store.close();
});

Deno.test("what several owners parked as the disk failed is there though one has lost its key", async () => {
  using time = new FakeTime();
  const shared = memoryStore();
  const way = wayTo(shared);
  const parking = { reason: "refused", attempts: 1, message: "no" } as const;
  const lanes = ["one", "two"] as const;
  for (const lane of lanes) {
    await way.store.claim({ name: "name", lane }, lane);
  }
  way.cut();
  for (const lane of lanes) {
    const key = { name: "name", lane };
    const [event] = await way.store.append([customEvent(`of ${lane}`)], {
      lane,
    });
    await way.store.park(key, lane, [{ event: event!, ...parking }]);
  }
  await shared.release({ name: "name", lane: "two" }, "two");
  await shared.claim({ name: "name", lane: "two" }, "other");
  way.mend();
  await passTime(time, 2_000);
  assertEquals(
    (await shared.parked("name")).map(({ event }) => event.id),
    ["of one", "of two"],
  );
  await way.store.close();
});
