import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  type EventStore,
  type RedisClient,
  redisStickyBuckets,
  redisStore,
  type RedisStoreOptions,
} from "../../../adapters/redis/mod.ts";
import {
  exposure,
  smallEvent,
} from "../../contracts/event_store/small_event.ts";
import { noRedis, startRedis } from "../../support/redis_server.ts";
import { documentOf } from "../../support/sticky_documents.ts";
import { connect } from "./connect.ts";

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, ignore: noRedis });
}

const one = { name: "a" };
const once = { exposureAge: 86_400_000 };

/** Appends events, and waits until the log is within its bounds. */
async function fill(
  client: RedisClient,
  options: RedisStoreOptions,
  batches: readonly (readonly number[])[],
) {
  const store = redisStore(client, options);
  for (const batch of batches) await store.append(batch.map(smallEvent));
  return store;
}

test("all keys of a log have one hash tag", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const { client } = connection;
  const store = redisStore(client, { name: "shop:live" });
  await store.append([exposure(1), smallEvent(2)], { ...once, lane: "x" });
  await store.claim({ name: "a", lane: "x" }, "one");
  const event = (await store.read(0))[0]!;
  await store.park({ name: "a", lane: "x" }, "one", [
    { event, reason: "refused", attempts: 1, message: "400" },
  ]);
  await store.redeliver("a");
  await store.prune(1);
  const keys = await client.keys("*");
  assert(keys.length >= 12, keys.join("\n"));
  for (const key of keys) assert(key.startsWith("{shop:live}:log"), key);
  await store.close();
});

test("a mark has 16 bytes, and a lifetime", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const { client } = connection;
  const store = redisStore(client);
  const hashValue = "somebody with a long name".repeat(10);
  await store.append([exposure(1, { hashValue })], { exposureAge: 60_000 });
  await store.append([exposure(2, { hashValue, variationId: 0 })], once);
  const [key, ...others] = await client.keys("{growthstream}:log:m:*");
  assertEquals(others, []);
  const marks = await client.hkeys(key!);
  assertEquals(marks.map((mark) => mark.length), [16, 16]);
  assertEquals(marks[0]!.slice(0, 9), marks[1]!.slice(0, 9));
  // The longest age counts, from the end of the time whose marks are together.
  const day = 86_400_000;
  const left = await client.pttl(key!);
  assert(left > day && left <= day + 6 * 3_600_000);
  await store.append([exposure(3, { hashValue, phase: "1" })], {
    exposureAge: 1_000,
  });
  assert(await client.pttl(key!) > day);
  await store.close();
});

test("two logs of one Redis have nothing in common", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const one = redisStore(connection.client, { name: "one" });
  const two = redisStore(connection.client, { name: "two" });
  await one.append([smallEvent(1)]);
  assertEquals(await two.read(0), []);
  assertEquals((await two.append([smallEvent(1)]))[0]!.position, 1);
  await one.close();
  await two.close();
});

test("an owner that is gone is free within its lifetime, and no longer held", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  using frozen = connect(server.url);
  const lost = redisStore(frozen.client, { ownerLifetime: 1_000 });
  const store = redisStore(connection.client);
  const claim = await lost.claim({ name: "a" }, "one");
  frozen.client.disconnect();
  const start = performance.now();
  while (await store.claim({ name: "a" }, "two") === null);
  assert(performance.now() - start < 10_000);
  while (claim!.isHeld());
  await store.close();
  await lost.close();
});

test("an owner that lives is not free, however long it does nothing", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  using other = connect(server.url);
  const store = redisStore(connection.client, { ownerLifetime: 1_000 });
  const { client } = other;
  const claim = await store.claim({ name: "a" }, "one");
  const [key] = await client.keys("{growthstream}:log:o:*");
  for (let renewals = 0, last = 0; renewals < 6;) {
    const left = await client.pttl(key!);
    assert(left > 0);
    if (left > last) renewals++;
    last = left;
  }
  assertEquals(claim!.isHeld(), true);
  await store.close();
  assertEquals(await client.exists(key!), 0);
});

for (
  const [who, claim] of [
    ["another owner here", (store: EventStore) => store.claim(one, "two")],
    [
      "a store elsewhere",
      (_: EventStore, other: EventStore) => other.claim(one, "two"),
    ],
  ] as const
) {
  test(`a key that could not be given back for an outage is free to ${who} after it`, async () => {
    await using server = await startRedis();
    using connection = connect(server.url);
    let isGone = false;
    const store = redisStore({
      call: (command, ...rest) =>
        isGone
          ? Promise.reject(new Error("Connection is closed."))
          : connection.client.call(command, ...rest as string[]),
    }, { ownerLifetime: 1_000 });
    const other = redisStore(connection.client);
    // The store goes on living for this one.
    const lasting = await store.claim({ name: "b" }, "one");
    const given = await store.claim(one, "one");
    isGone = true;
    await assertRejects(() => store.release(one, "one"));
    assertEquals(given!.isHeld(), false);
    isGone = false;
    let taken = await claim(store, other);
    const start = performance.now();
    while (taken === null && performance.now() - start < 10_000) {
      taken = await claim(store, other);
    }
    assertEquals(taken?.isHeld(), true);
    assertEquals(lasting!.isHeld(), true);
    // It is not given back once more.
    assertEquals(await store.claim(one, "one"), null);
    await Promise.all([store.close(), other.close()]);
  });
}

test("wakeups tell of the events of others, by a duplicate, by a client handed in, and without pub/sub", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  using subscriber = connect(server.url);
  const writer = redisStore(connection.client);
  const plain = {
    call: (...words: [string, ...string[]]) => connection.client.call(...words),
  };
  const readers = [
    redisStore(connection.client, { pollInterval: 3_600_000 }),
    redisStore(plain, {
      subscriber: subscriber.client,
      pollInterval: 3_600_000,
    }),
    redisStore(plain, { pollInterval: 20 }),
  ];
  for (const reader of readers) {
    let count = 0;
    let wake = () => {};
    const subscription = reader.wakeups.subscribe(() => {
      count++;
      wake();
    });
    for (let index = 0; count < 3; index++) {
      const before = count;
      await writer.append([{ ...smallEvent(1), id: crypto.randomUUID() }]);
      // A hint may come late, and so may the connection.
      if (index > 50 && count === before) {
        await new Promise<void>((resolve) => wake = resolve);
      }
    }
    subscription.unsubscribe();
  }
  for (const each of [...readers, writer]) await each.close();
});

test("a log keeps as many events as it may", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const batches = Array.from(
    { length: 40 },
    (_, batch) => Array.from({ length: 50 }, (_, at) => batch * 50 + at),
  );
  const retention = { capacity: 500 };
  const store = await fill(connection.client, { retention }, batches);
  let positions = await store.positions();
  while (positions.last - positions.first + 1 > 500) {
    positions = await store.positions();
  }
  assertEquals(positions.last, 2_000);
  assert(positions.last - positions.first + 1 >= 450);
  assertEquals((await store.read(0, 1))[0]!.position, positions.first);
  await store.close();
});

test("a log keeps as many bytes as it may, and tells a consumer what it missed", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const { client } = connection;
  const store = redisStore(client, { retention: { maxBytes: 200_000 } });
  await store.claim({ name: "a" }, "one");
  for (let index = 0; index < 50; index++) {
    const data = { text: "x".repeat(20_000) };
    await store.append([{ ...smallEvent(index), data }]);
  }
  const bytes = async () =>
    Number(await client.hget("{growthstream}:log", "bytes"));
  while (await bytes() > 220_000) await store.append([smallEvent(1_000)]);
  const told = (await store.read(0, Infinity))
    .filter(({ type }) => type === "events.dropped");
  assertEquals(told.at(-1)!.data.reason, "bytes");
  assert(Number(told.at(-1)!.data.count) > 30);
  await store.close();
});

test("a log keeps events as long as it may, by Redis's clock", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  let time = 1_710_000_000_000;
  const store = redisStore(connection.client, {
    retention: { maxAge: 10_000 },
    serverTime: () => time,
  });
  await store.append([1, 2, 3].map(smallEvent));
  time += 6_000;
  await store.append([4, 5].map(smallEvent));
  time += 6_000;
  const positions = async () => (await store.positions()).first;
  // It is looked at now and then, by the clock of the runtime.
  for (let index = 6; await positions() !== 4; index++) {
    await store.append([smallEvent(index)]);
  }
  await store.close();
});

test("erase() leaves nothing of a user in Redis, and not in the sticky buckets either", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const { client } = connection;
  const stickyBuckets = redisStickyBuckets(client);
  const store = redisStore(client, { stickyBuckets });
  const hashValue = "sesame";
  const user = { level: "all", attributes: { id: hashValue } } as const;
  await stickyBuckets.save(documentOf(hashValue, { button__0: "blue" }));
  await stickyBuckets.save(documentOf("8", { button__0: "blue" }));
  await store.append([
    exposure(1, { hashValue }),
    { ...smallEvent(2), user },
    smallEvent(3),
  ], { ...once, lane: "x" });
  await store.claim({ name: "a" }, "one");
  const event = (await store.read(0))[1]!;
  await store.park({ name: "a" }, "one", [
    { event, reason: "refused", attempts: 1, message: "400" },
  ]);
  assertEquals(await store.erase({ attribute: "id", value: hashValue }), 2);
  assertEquals(await client.keys("*sesame*"), []);
  const marks = await client.keys("{growthstream}:log:m:*");
  assertEquals(marks.length === 0 ? 0 : await client.hlen(marks[0]!), 0);
  for (const key of await client.keys("*")) {
    const dump = await client.dumpBuffer(key);
    assert(!new TextDecoder().decode(dump).includes("sesame"), key);
  }
  assertEquals(await client.exists("id||8"), 1);
  assertEquals(await store.parked("a"), []);
  await store.close();
});

test("prune() of many events for many consumers tells each what it missed", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const store = redisStore(connection.client);
  const names = Array.from({ length: 30 }, (_, index) => `consumer ${index}`);
  for (const name of names) await store.claim({ name }, "one");
  await store.append(Array.from({ length: 2_500 }, (_, at) => smallEvent(at)));
  assertEquals(await store.prune(2_400), 2_400);
  const told = (await store.read(2_500, Infinity))
    .filter(({ type }) => type === "events.dropped");
  for (const name of names) {
    const counts = told.filter(({ data }) => data.consumer === name)
      .map(({ data }) => Number(data.count));
    assertEquals(counts.reduce((one, other) => one + other, 0), 2_400);
  }
  await store.close();
});

test("prune() forgets the oldest ids past those to remember", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const store = redisStore(connection.client, { rememberedIds: 10 });
  await store.append(Array.from({ length: 100 }, (_, at) => smallEvent(at)));
  await store.prune(100);
  const [forgotten, known] = await store.append([
    smallEvent(0),
    smallEvent(99),
  ]);
  assertEquals([forgotten!.position, known!.position], [101, 100]);
  await store.close();
});

test("append() refuses more events than a script should take", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const store = redisStore(connection.client);
  const many = Array.from({ length: 10_001 }, (_, at) => smallEvent(at));
  await assertRejects(() => store.append(many), RangeError);
  assertEquals((await store.append(many.slice(1))).length, 10_000);
  await store.close();
});

test("a store that is not used asks Redis nothing, and holds no timer", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  await connection.client.ping();
  await connection.client.config("RESETSTAT");
  redisStore(connection.client);
  const stats = await connection.client.info("commandstats");
  assert(!/evalsha|eval|info/.test(stats.replace(/cmdstat_info/g, "")));
});

Deno.test("redisStore() refuses what it can't use", () => {
  const client = { send: () => Promise.resolve(null) };
  assertThrows(() => redisStore({} as never), TypeError);
  assertThrows(() => redisStore(null as never), TypeError);
  for (const name of ["", "a}b", "{a", "a b", "x".repeat(101)]) {
    assertThrows(() => redisStore(client, { name }), TypeError);
  }
  for (const ownerLifetime of [0, 999, 10_001, NaN]) {
    assertThrows(() => redisStore(client, { ownerLifetime }), RangeError);
  }
});
