// Runs the suite of all stores against Redis on whatever runtime this is, and prints what came of it as
// JSON. The argument is the address of a Redis.
import { Redis } from "ioredis";
import { createClient } from "redis";
import { type RedisClient, redisStore } from "../../adapters/redis/mod.ts";
import { testEventStore } from "../contracts/event_store/mod.ts";

const url = process.argv[2]!;
const tests: (readonly [name: string, run: () => Promise<void>])[] = [];
const test = (name: string, run: () => Promise<void>) =>
  tests.push([name, run]);
const closing: (() => unknown)[] = [];

const ioredis = new Redis(url);
closing.push(() => ioredis.disconnect());
const nodeRedis = createClient({ url });
await nodeRedis.connect();
closing.push(() => nodeRedis.destroy());
const clients: [name: string, client: RedisClient][] = [
  ["ioredis", ioredis],
  ["node-redis", nodeRedis],
];
const { Bun: bun } = globalThis as {
  readonly Bun?: {
    readonly RedisClient: new (url: string) => RedisClient & {
      readonly close: () => void;
    };
  };
};
if (bun !== undefined) {
  const client = new bun.RedisClient(url);
  closing.push(() => client.close());
  clients.push(["Bun's client", client]);
}

for (const [kind, client] of clients) {
  let count = 0;
  const open = (serverTime: () => number) =>
    redisStore(client, {
      name: `${kind.replace(/\W/g, "-")}-${count}`,
      serverTime,
      // A busy machine may take seconds for the largest documents.
      timeout: 60_000,
    });
  testEventStore(`redisStore() with ${kind}`, {
    test,
    open: ({ clock }) => {
      count++;
      return open(clock.now);
    },
    again: ({ clock }) => open(clock.now),
    reopen: ({ clock }) => open(clock.now),
  });
  test(`${kind} hears of events again once its connection was lost`, async () => {
    const name = `again-${kind.replace(/\W/g, "-")}`;
    const store = redisStore(client, { name, pollInterval: 3_600_000 });
    let hints = 0;
    const subscription = store.wakeups.subscribe(() => hints++);
    const publish = () => ioredis.publish(`{${name}}:events`, "1");
    while (await publish() === 0);
    await ioredis.call("CLIENT", "KILL", "TYPE", "pubsub");
    while (await publish() === 0);
    const before = hints;
    while (hints === before) await publish();
    subscription.unsubscribe();
    await store.close();
  });
}

const passed: string[] = [];
const failed: string[] = [];
for (const [name, run] of tests) {
  try {
    await run();
    passed.push(name);
  } catch (error) {
    failed.push(`${name}: ${error instanceof Error ? error.message : error}`);
  }
}
for (const close of closing) close();
console.log(JSON.stringify({ passed, failed }));
