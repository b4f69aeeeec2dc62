import { assert, assertEquals, assertRejects } from "@std/assert";
import { filter, firstValueFrom } from "rxjs";
import { createClient, fixedSource } from "../../../adapters/client/mod.ts";
import { consume } from "../../../adapters/delivery/mod.ts";
import {
  type RedisClient,
  type RedisStatus,
  type RedisStore,
  redisStore,
  type RedisStoreOptions,
  type RedisWarning,
} from "../../../adapters/redis/mod.ts";
import {
  durableStore,
  sqliteStore,
  storageFailure,
} from "../../../adapters/sqlite/mod.ts";
import { systemClock } from "../../../adapters/support/time/clock.ts";
import {
  exposure,
  smallEvent,
} from "../../contracts/event_store/small_event.ts";
import { noRedis, startRedis } from "../../support/redis_server.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";
import { connect } from "./connect.ts";

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, ignore: noRedis });
}

/** A store whose warnings are kept. */
function open(client: RedisClient, options: RedisStoreOptions = {}) {
  const warnings: RedisWarning["code"][] = [];
  const store = redisStore(client, {
    onWarning: ({ code }) => warnings.push(code),
    ...options,
  });
  return { store, warnings };
}

/** Waits until a store fares in a way. */
function until(
  store: RedisStore,
  isSo: (status: RedisStatus) => boolean,
): Promise<RedisStatus> {
  return firstValueFrom(store.status$.pipe(filter(isSo)));
}

/** Repeats something until it works: a busy machine may be late. */
async function insist<Value>(action: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await action();
    } catch {
      // Once more.
    }
  }
}

/** Has something fail, and gives the code of why. */
async function codeOf(action: () => Promise<unknown>): Promise<string> {
  const error = await assertRejects(action, Error);
  return storageFailure(error).code;
}

// Repeats what waits for the next attempt soon.
const soon = {
  ...systemClock,
  setTimer: (call: () => void, _: number, keepsAlive?: boolean) =>
    systemClock.setTimer(call, 20, keepsAlive),
};

test("redisStore() goes on where Redis has forgotten its scripts", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const { store } = open(connection.client);
  await store.append([smallEvent(1)]);
  await connection.client.script("FLUSH");
  const [two] = await store.append([smallEvent(2)]);
  await connection.client.script("FLUSH");
  assertEquals(two!.position, 2);
  assertEquals((await store.read(0)).length, 2);
  await store.close();
});

test("redisStore() says that Redis is full, takes nothing of a batch, and lets consumers go on", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const { client } = connection;
  const { store } = open(client);
  await store.append([smallEvent(1), smallEvent(2)]);
  await store.claim({ name: "a" }, "one");
  await client.config("SET", "maxmemory", "1");
  assertEquals(
    await codeOf(() => store.append([smallEvent(3), smallEvent(4)])),
    "full",
  );
  const status = await until(store, ({ state }) => state === "failing");
  assertEquals(status.code, "full");
  assertEquals((await store.positions()).last, 2);
  const checkpoint = { position: 1, unsettled: [] };
  assertEquals(await store.commit({ name: "a" }, "one", checkpoint), true);
  assert(await store.claim({ name: "b" }, "one") !== null);
  const parked = {
    event: (await store.read(0))[1]!,
    reason: "refused" as const,
    attempts: 1,
    message: "",
  };
  assertEquals(await store.park({ name: "a" }, "one", [parked]), true);
  assertEquals(await store.prune(1), 1);
  await client.config("SET", "maxmemory", "0");
  const stored = await store.append([smallEvent(3), smallEvent(4)]);
  // What is in front of it tells consumer b that it missed an event.
  assertEquals(stored.map(({ position }) => position), [4, 5]);
  await until(store, ({ state }) => state === "ok");
  await store.close();
});

test("redisStore() says that a server is a replica", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const { client } = connection;
  const { store } = open(client);
  await store.append([smallEvent(1)]);
  await client.config("SET", "replica-serve-stale-data", "yes");
  await client.replicaof("127.0.0.1", "1");
  assertEquals(await codeOf(() => store.append([smallEvent(2)])), "read-only");
  assertEquals((await store.read(0)).length, 1);
  await client.replicaof("NO", "ONE");
  assertEquals((await store.append([smallEvent(2)]))[0]!.position, 2);
  await store.close();
});

test("redisStore() rejects in time where Redis is gone, and goes on once it is back", async () => {
  await using server = await startRedis([
    ...["--appendonly", "yes", "--appendfsync", "always"],
  ]);
  using connection = connect(server.url);
  const { store, warnings } = open(connection.client, { timeout: 1_000 });
  await insist(() => store.append([smallEvent(1)]));
  await server.kill();
  const calls = [
    () => store.append([smallEvent(2)]),
    () => store.read(0),
    () => store.positions(),
    () => store.consumers(),
    () => store.claim({ name: "a" }, "one"),
    () => store.parked("a"),
    () => store.redeliver("a"),
    () => store.erase({ attribute: "id", value: "7" }),
    () => store.prune(1),
  ];
  const codes = await Promise.all(calls.map(codeOf));
  assertEquals(codes, calls.map(() => "unreachable"));
  await until(store, ({ code }) => code === "unreachable");
  await server.start();
  const [two] = await insist(() => store.append([smallEvent(2)]));
  assertEquals(two!.position, 2);
  const events = await insist(() => store.read(0));
  assertEquals(events.map(({ position }) => position), [1, 2]);
  assertEquals(warnings, []);
  await store.close();
});

test("redisStore() stores an event once whose append was not answered in time", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const { store } = open(connection.client, { timeout: 1_000 });
  await insist(() => store.append([smallEvent(1)]));
  server.signal("SIGSTOP");
  const batch = [smallEvent(2), smallEvent(3)];
  assertEquals(await codeOf(() => store.append(batch)), "unreachable");
  server.signal("SIGCONT");
  const stored = await insist(() => store.append(batch));
  assertEquals(stored.map(({ position }) => position), [2, 3]);
  assertEquals((await insist(() => store.read(0))).length, 3);
  await store.close();
});

test("redisStore() notices a log that came back empty, and nobody owns what they had", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const { store, warnings } = open(connection.client);
  await store.append([1, 2, 3].map(smallEvent));
  const claim = await store.claim({ name: "a" }, "one");
  const checkpoint = { position: 3, unsettled: [] };
  await store.commit({ name: "a" }, "one", checkpoint);
  await server.kill();
  await server.start();
  const positions = await insist(store.positions);
  assertEquals(positions, { first: 0, last: 0, moves: 1 });
  assertEquals(claim!.isHeld(), false);
  assertEquals(await store.commit({ name: "a" }, "one", checkpoint), false);
  assertEquals(
    (await store.claim({ name: "a" }, "one"))!.checkpoint.position,
    0,
  );
  assertEquals(warnings, ["went-back"]);
  assertEquals(await store.append([smallEvent(9)]), [
    { ...smallEvent(9), position: 1 },
  ]);
  await store.close();
});

test("redisStore() notices a log whose end went back, though it is longer by now", async () => {
  await using server = await startRedis(["--dbfilename", "kept.rdb"]);
  using connection = connect(server.url);
  const { client } = connection;
  const { store, warnings } = open(client);
  const { store: other } = open(client);
  await store.append([1, 2, 3].map(smallEvent));
  const claim = await store.claim({ name: "a" }, "one");
  await client.save();
  await store.append([4, 5].map(smallEvent));
  const late = { position: 5, unsettled: [] };
  assertEquals(await store.commit({ name: "a" }, "one", late), true);
  await server.kill();
  await server.start();
  await other.append([6, 7, 8].map(smallEvent));
  // What was settled were other events at those positions.
  assertEquals(await store.commit({ name: "a" }, "one", late), false);
  assertEquals(claim!.isHeld(), false);
  assertEquals((await store.positions()).moves, 1);
  assertEquals(warnings, ["went-back"]);
  const again = await store.claim({ name: "a" }, "one");
  assertEquals(again!.checkpoint.position, 0);
  await store.close();
  await other.close();
});

test("consume() goes on with a log that came back empty", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const { store } = open(connection.client, { pollInterval: 50 });
  const seen: string[] = [];
  let wake = () => {};
  const consumer = consume(store, "a", (events) => {
    for (const { id } of events) seen.push(id);
    wake();
  }, { pollInterval: 100, onError: () => {} });
  const saw = async (count: number) => {
    while (seen.length < count) await new Promise<void>((done) => wake = done);
  };
  await store.append([1, 2, 3].map(smallEvent));
  await saw(3);
  await consumer.flush();
  await server.kill();
  await server.start();
  await insist(() => store.append([smallEvent(4)]));
  await saw(4);
  assertEquals(seen, [1, 2, 3, 4].map((index) => smallEvent(index).id));
  await consumer.stop();
  await store.close();
});

test("redisStore() reads on where Redis has lost events, and says so", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const { client } = connection;
  const { store, warnings } = open(client);
  const events = Array.from({ length: 300 }, (_, index) => smallEvent(index));
  await store.append(events);
  const [block] = await client.keys("{growthstream}:log:e:*:1");
  await client.del(block!);
  const read = await store.read(0, Infinity);
  assertEquals(read.length, 300 - 128);
  assertEquals(read[128]!.position, 257);
  assertEquals(warnings, ["lost-events"]);
  // New events are at their places still.
  const last = await client.keys("{growthstream}:log:e:*:2");
  await client.del(last[0]!);
  const [next] = await store.append([smallEvent(1_000)]);
  assertEquals(await store.read(300, 1), [next!]);
  await store.close();
});

for (const policy of ["allkeys-lru", "volatile-ttl"]) {
  test(`redisStore() warns of the memory policy ${policy}`, async () => {
    await using server = await startRedis(["--maxmemory-policy", policy]);
    using connection = connect(server.url);
    const { store, warnings } = open(connection.client);
    await store.append([smallEvent(1)]);
    const { warnings: told } = await until(
      store,
      ({ warnings }) => warnings.length > 0,
    );
    assert(told[0]!.message.includes(policy));
    assertEquals(warnings, ["eviction"]);
    await store.close();
  });
}

test("redisStore() keeps exposures once and owners apart whatever the clocks of the pods say", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const hour = 3_600_000;
  const pods = [-9_000 * hour, 0, 9_000 * hour].map((away) =>
    open(connection.client, {
      clock: { ...systemClock, now: () => Date.now() + away },
      retention: { maxAge: 60_000 },
    })
  );
  const once = { exposureAge: 86_400_000 };
  const stored = [];
  for (const [index, { store }] of pods.entries()) {
    stored.push(...await store.append([exposure(index)], once));
  }
  assertEquals(stored.map(({ isRepeated }) => isRepeated === true), [
    false,
    true,
    true,
  ]);
  const claims = [];
  for (const [index, { store }] of pods.entries()) {
    claims.push(await store.claim({ name: "a" }, `owner ${index}`));
  }
  assertEquals(claims.map((claim) => claim !== null), [true, false, false]);
  await until(pods[0]!.store, ({ warnings }) => warnings.length > 0);
  await until(pods[2]!.store, ({ warnings }) => warnings.length > 0);
  assertEquals(pods.map(({ warnings }) => warnings), [["clock"], [], [
    "clock",
  ]]);
  assertEquals((await pods[1]!.store.read(0)).length, 1);
  for (const { store } of pods) await store.close();
});

test("redisStore() waits for replicas, and says where there are too few", async () => {
  await using server = await startRedis();
  await using replica = await startRedis([
    ...[
      "--replicaof",
      `127.0.0.1 ${server.port}`,
      "--repl-diskless-sync-delay",
      "0",
    ],
  ]);
  using connection = connect(server.url);
  const { client } = connection;
  while (!(await client.info("replication")).includes("state=online"));
  const { store } = open(client, { replicas: { count: 1, timeout: 2_000 } });
  await store.append([smallEvent(1)]);
  assertEquals(await replica.command("EXISTS", "{growthstream}:log"), "1");
  await replica.kill();
  const { store: hasty } = open(client, {
    replicas: { count: 1, timeout: 50 },
  });
  assertEquals(
    await codeOf(() => hasty.append([smallEvent(2)])),
    "unreachable",
  );
  // The event is there, and a repetition asks the replicas again.
  assertEquals((await hasty.read(0)).length, 2);
  assertEquals(
    await codeOf(() => hasty.append([smallEvent(2)])),
    "unreachable",
  );
  await store.close();
  await hasty.close();
});

test("durableStore() around redisStore() keeps events while Redis is gone, on a disk too, and moves them", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const { store } = open(connection.client, { timeout: 1_000 });
  const path = `${temporaryFolder()}/refuge.db`;
  const durable = durableStore(store, {
    openMemory: () => sqliteStore(path),
    clock: soon,
  });
  await durable.append([smallEvent(1)]);
  await server.kill();
  await durable.append([smallEvent(2)]);
  await durable.append([smallEvent(3)]);
  const status = await firstValueFrom(
    durable.status$.pipe(filter(({ state }) => state === "degraded")),
  );
  assertEquals(
    status.state === "degraded" && [status.code, status.message],
    ["unreachable", "Redis does not answer in time"],
  );
  assertEquals(Deno.statSync(path).isFile, true);
  await server.start();
  await firstValueFrom(
    durable.status$.pipe(filter(({ state }) => state === "ok")),
  );
  const ids = (await insist(() => store.read(0))).map(({ id }) => id);
  assertEquals(ids.includes(smallEvent(2).id), true);
  assertEquals(ids.includes(smallEvent(3).id), true);
  await durable.close();
});

test("a client evaluates, ends and tells what it could not store while Redis is gone", async () => {
  await using server = await startRedis();
  await server.kill();
  using connection = connect(server.url);
  const { store } = open(connection.client, { timeout: 200 });
  const client = createClient({
    source: fixedSource({
      features: {
        color: {
          defaultValue: "red",
          rules: [{ variations: ["blue", "green"], hashAttribute: "id" }],
        },
      },
    }),
    attributes: { id: "7" },
    store,
    trackingCallback: () => {},
  });
  await client.ready();
  const value = client.getFeatureValue("color", "none");
  assert(value === "blue" || value === "green");
  const { isDelivered } = await client.close({ timeout: 500 });
  assertEquals(isDelivered, false);
  await store.close();
});

test("a client that was taken for gone while Redis stood still ends with everything delivered", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const { store } = open(connection.client, {
    timeout: 2_000,
    ownerLifetime: 1_000,
  });
  const delivered = new Set<string>();
  const client = createClient({
    source: fixedSource({
      features: { color: { rules: [{ key: "a", variations: [0, 1] }] } },
    }),
    store,
    trackingCallback: (_, __, ___, { id }) => delivered.add(id),
    onError: () => {},
  });
  const show = (id: string) =>
    client.forUser({ attributes: { id } }).isOn("color");
  show("1");
  assertEquals((await client.flush()).isDelivered, true);
  const [lane] = await store.consumers();
  server.signal("SIGSTOP");
  show("2");
  const frozen = performance.now();
  while (performance.now() - frozen < 1_500) {
    await store.positions().catch(() => {});
  }
  server.signal("SIGCONT");
  // Its lane is free by now, and so it has another one.
  for (;;) {
    show(crypto.randomUUID());
    const { isDelivered } = await client.flush({ timeout: 5_000 });
    const states = await store.consumers().catch(() => []);
    if (isDelivered && states.some((each) => each.lane !== lane!.lane)) break;
  }
  const ids = (await store.read(0, Infinity)).map(({ id }) => id);
  assertEquals(new Set(ids), delivered);
  await client.close();
  await store.close();
});

const replies: readonly (readonly [reply: string, code: string])[] = [
  ["OOM command not allowed when used memory > 'maxmemory'.", "full"],
  ["MISCONF Redis is configured to save RDB snapshots", "full"],
  ["READONLY You can't write against a read only replica.", "read-only"],
  ["NOREPLICAS Not enough good replicas to write.", "read-only"],
  ["BUSY Redis is busy running a script.", "locked"],
  ["LOADING Redis is loading the dataset in memory", "unreachable"],
  ["MASTERDOWN Link with MASTER is down", "unreachable"],
  ["CLUSTERDOWN The cluster is down", "unreachable"],
  ["TRYAGAIN Multiple keys request during rehashing of slot", "unreachable"],
  ["MOVED 3999 127.0.0.1:6381", "unsupported"],
  ["ASK 3999 127.0.0.1:6381", "unsupported"],
  ["CROSSSLOT Keys in request don't hash to the same slot", "unsupported"],
  ["ERR unknown command 'EVALSHA'", "unsupported"],
  ["NOAUTH Authentication required.", "denied"],
  ["WRONGPASS invalid username-password pair", "denied"],
  ["NOPERM this user has no permissions", "denied"],
  ["WRONGTYPE Operation against a key", "corrupt"],
  ["Connection is closed.", "unreachable"],
  ["connect ECONNREFUSED 127.0.0.1:6379", "unreachable"],
  ["Socket closed unexpectedly", "unreachable"],
  ["ERR something else with sesame in it", "failed"],
];

for (const [reply, code] of replies) {
  Deno.test(`redisStore() knows what is wrong by the reply ${JSON.stringify(reply)}`, async () => {
    const client = { call: () => Promise.reject(new Error(reply)) };
    const { store } = open(client);
    const error = await assertRejects(() => store.read(0), Error);
    assertEquals(storageFailure(error).code, code);
    assert(!error.message.includes("sesame"));
    await store.close();
  });
}

Deno.test("redisStore() gives the error of a client that throws at once", async () => {
  const client = {
    call: () => {
      throw new TypeError("Connection is closed");
    },
  };
  const { store } = open(client);
  assertEquals(await codeOf(() => store.read(0)), "unreachable");
  await store.close();
});

Deno.test("redisStore() waits no longer than its timeout for a client that never answers", async () => {
  const { store } = open({ call: () => new Promise(() => {}) }, {
    timeout: 20,
  });
  assertEquals(await codeOf(() => store.read(0)), "unreachable");
  await store.close();
});
