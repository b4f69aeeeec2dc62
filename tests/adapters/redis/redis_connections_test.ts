import type { EventEmitter } from "node:events";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Cluster, type Redis } from "ioredis";
import { createClient, createClientPool } from "redis";
import { BehaviorSubject } from "rxjs";
import {
  type RedisClient,
  redisSource,
  redisStickyBuckets,
  redisStore,
} from "../../../adapters/redis/mod.ts";
import { systemClock } from "../../../adapters/support/time/clock.ts";
import { smallEvent } from "../../contracts/event_store/small_event.ts";
import { noRedis, startRedis } from "../../support/redis_server.ts";
import { connect } from "./connect.ts";

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, ignore: noRedis });
}

// Repeats what waits for the next attempt soon.
const soon = {
  ...systemClock,
  setTimer: (call: () => void, _: number, keepsAlive?: boolean) =>
    systemClock.setTimer(call, 20, keepsAlive),
};

/** A client that keeps its duplicates. */
function duplicating(client: Redis, options: object = {}) {
  const made: Redis[] = [];
  const shared: RedisClient = Object.assign(
    { call: client.call.bind(client) as Redis["call"] },
    {
      duplicate: () => {
        const copy = client.duplicate({
          retryStrategy: () => 5,
          maxRetriesPerRequest: null,
          ...options,
        });
        made.push(copy);
        return copy;
      },
    },
  );
  return { shared, made };
}

/** Starts what listens by a client, and gives what ends it. */
const listeners: readonly ((client: RedisClient) => () => unknown)[] = [
  (client) => {
    const store = redisStore(client, { timeout: 100 });
    const subscription = store.wakeups.subscribe();
    return () => {
      subscription.unsubscribe();
      return store.close();
    };
  },
  (client) => {
    const source = redisSource(client, {
      source: new BehaviorSubject({ features: {} }),
      timeout: 100,
    });
    const subscription = source.subscribe();
    return () => subscription.unsubscribe();
  },
];

for (const [index, start] of listeners.entries()) {
  const what = index === 0 ? "redisStore()" : "redisSource()";

  test(`${what} leaves no connection behind that was not made yet, since Redis is gone`, async () => {
    await using server = await startRedis();
    await server.kill();
    using connection = connect(server.url);
    const { shared, made } = duplicating(connection.client);
    const end = start(shared);
    while (made[0]?.status !== "reconnecting") await turn();
    await end();
    let attempts = 0;
    made[0].on("reconnecting", () => attempts++);
    // The other one would try more often than this one.
    for (let times = 0; times < 3; times++) {
      await new Promise((resolve) =>
        connection.client.once("reconnecting", resolve)
      );
    }
    assertEquals([made.length, attempts], [1, 0]);
  });

  test(`${what} has a listener for the errors of its connection, also once that is closed`, async () => {
    await using server = await startRedis();
    using connection = connect(server.url);
    const { shared, made } = duplicating(connection.client);
    const end = start(shared);
    while (made[0]?.status !== "ready") await connection.client.ping();
    const count = made[0].listenerCount("ready");
    await end();
    assertEquals(made[0].listenerCount("error"), 1);
    assert(made[0].listenerCount("ready") < count);
    assertEquals(made[0].listenerCount("message"), 0);
  });
}

test("redisStore() listens by another connection where one is over for good", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const { shared, made } = duplicating(connection.client, {
    retryStrategy: () => null,
  });
  const store = redisStore(shared, { pollInterval: 3_600_000, clock: soon });
  const publish = () => connection.client.publish("{growthstream}:events", "1");
  let count = 0;
  const subscription = store.wakeups.subscribe(() => count++);
  while (await publish() === 0);
  await connection.client.call("CLIENT", "KILL", "TYPE", "pubsub");
  while (made.length < 2 || await publish() === 0) await turn();
  assertEquals(made[0]!.status, "end");
  const before = count;
  while (count === before) await publish();
  subscription.unsubscribe();
  await store.close();
});

test("redisStore() ends a node-redis that is still to connect", async () => {
  await using server = await startRedis();
  const client = createClient({ url: server.url });
  client.on("error", () => {});
  await client.connect();
  await server.kill();
  const made: (EventEmitter & { readonly isOpen: boolean })[] = [];
  const shared: RedisClient = Object.assign(
    { sendCommand: (words: string[]) => client.sendCommand(words) },
    {
      duplicate: () => {
        const copy = client.duplicate();
        made.push(copy);
        return copy;
      },
    },
  );
  const store = redisStore(shared, { timeout: 100 });
  const subscription = store.wakeups.subscribe();
  while (made[0]?.isOpen !== true) await turn();
  subscription.unsubscribe();
  await store.close();
  assertEquals(made[0].isOpen, false);
  assertEquals(made[0].listenerCount("error"), 1);
  client.destroy();
});

Deno.test("redisStore() listens again where the client of Bun has connected again", async () => {
  const subscribed: string[] = [];
  const connections: { onconnect?: () => void }[] = [];
  let told = 0;
  const client: RedisClient = Object.assign(
    { send: () => new Promise<never>(() => {}) },
    {
      duplicate: () => {
        const copy = {
          onconnect: () => told++,
          subscribe: (channel: string) => {
            subscribed.push(channel);
            return Promise.resolve(1);
          },
          close: () => {},
        };
        connections.push(copy);
        return Promise.resolve(copy);
      },
    },
  );
  const store = redisStore(client, { timeout: 10 });
  let hints = 0;
  const subscription = store.wakeups.subscribe(() => hints++);
  while (hints === 0) await turn();
  connections[0]!.onconnect!();
  while (hints === 1) await turn();
  assertEquals(subscribed, ["{growthstream}:events", "{growthstream}:events"]);
  assertEquals(told, 1);
  subscription.unsubscribe();
  connections[0]!.onconnect!();
  assertEquals(subscribed.length, 2);
  await store.close();
});

Deno.test("errors hold neither what was sent nor a password", async () => {
  const told = "connect ECONNREFUSED rediss://user:sesame@redis.example:6380/";
  const client = {
    call: () =>
      Promise.reject(
        Object.assign(new Error(told), {
          command: { name: "evalsha", args: ["sesame"] },
          previousErrors: [new Error("sesame")],
        }),
      ),
  };
  const store = redisStore(client);
  const buckets = redisStickyBuckets(client);
  for (
    const call of [
      () => store.append([smallEvent(1)]),
      () => store.read(0),
      () => buckets.load([{ attributeName: "id", attributeValue: "sesame" }]),
    ]
  ) {
    const error = await assertRejects(call, Error);
    const text = Deno.inspect(error, { depth: 9, iterableLimit: 1_000 });
    assert(!text.includes("sesame"), text);
    assert(String(error.cause).includes("//redis.example:6380"), text);
  }
  await store.close();
});

Deno.test("redisStore() does not wait for replicas by a client of several connections", () => {
  const replicas = { count: 1 };
  const cluster = new Cluster([{ host: "127.0.0.1", port: 1 }], {
    lazyConnect: true,
  });
  const pool = createClientPool({ url: "redis://127.0.0.1:1" });
  for (const client of [cluster, pool] as readonly RedisClient[]) {
    assertThrows(() => redisStore(client, { replicas }), TypeError);
    redisStore(client);
  }
  cluster.disconnect();
});

Deno.test("redisStore() refuses times and bounds that they can't keep", () => {
  const client = { send: () => Promise.resolve(null) };
  const refused = [
    ...[0, -1, NaN, Infinity].map((timeout) => ({ timeout })),
    ...[0, NaN, Infinity].map((pollInterval) => ({ pollInterval })),
    ...[-1, NaN].map((rememberedIds) => ({ rememberedIds })),
    ...[0, NaN].flatMap((bound) => [
      { retention: { capacity: bound } },
      { retention: { maxAge: bound } },
      { retention: { maxBytes: bound } },
    ]),
  ];
  for (const options of refused) {
    assertThrows(() => redisStore(client, options), RangeError);
  }
  redisStore(client, { retention: { capacity: Infinity, maxAge: Infinity } });
});

/** Lets others go on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}
