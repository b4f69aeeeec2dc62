import { Redis } from "ioredis";
import { createClient } from "redis";
import { type RedisClient, redisStore } from "../../../adapters/redis/mod.ts";
import { testEventStore } from "../../contracts/event_store/mod.ts";
import { noRedis } from "../../support/redis_server.ts";
import { startShared } from "./shared_redis.ts";

const clients = {
  ioredis: async (url: string) => {
    const client = new Redis(url);
    await client.ping();
    return { client, close: () => client.disconnect() };
  },
  "node-redis": async (url: string) => {
    const client = createClient({ url });
    await client.connect();
    return { client, close: () => client.destroy() };
  },
} satisfies Record<
  string,
  (url: string) => Promise<{ client: RedisClient; close: () => void }>
>;

for (const [kind, connect] of Object.entries(clients)) {
  let count = 0;
  const open = async (now: () => number) => {
    const { url } = await startShared();
    const { client, close } = await connect(url);
    const store = redisStore(client, {
      name: `contract-${kind}-${count}`,
      serverTime: now,
      // A busy machine may take seconds for the largest documents.
      timeout: 60_000,
    });
    return {
      ...store,
      close: async () => {
        await store.close();
        close();
      },
    };
  };
  testEventStore(`redisStore() with ${kind}`, {
    test: (name, run) => Deno.test({ name, fn: run, ignore: noRedis }),
    open: ({ clock }) => {
      count++;
      return open(clock.now);
    },
    again: ({ clock }) => open(clock.now),
    reopen: ({ clock }) => open(clock.now),
  });
}
