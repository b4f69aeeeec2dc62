/**
 * Measures the log in Redis: `deno task bench:redis [EVENTS]`, 100,000 when absent. It starts a Redis of
 * its own, writes to its disk every second and with each write, and compares with bare commands to the
 * same Redis and with the log in a file, in the same run.
 *
 * @module
 */
import { Redis } from "ioredis";
import type { NewEvent } from "../core/events/types/recorded_event.ts";
import type { EventStore } from "../adapters/log/port/event_store.ts";
import { redisStickyBuckets, redisStore } from "../adapters/redis/mod.ts";
import { sqliteStore } from "../adapters/sqlite/mod.ts";
import { createIds } from "../adapters/support/create_ids.ts";
import { startRedis } from "../tests/support/redis_server.ts";
import { temporaryFolder } from "../tests/support/temporary_folder.ts";

const total = Number(Deno.args[0] ?? 100_000);
const createId = createIds();
const once = { exposureAge: 86_400_000, lane: createId() };
let users = 0;

for (const fsync of ["everysec", "always"]) {
  await using server = await startRedis([
    ...["--appendonly", "yes", "--appendfsync", fsync],
  ]);
  const redis = new Redis(server.url);
  console.log(`\nappendfsync ${fsync}`);
  const bare = best([
    await timeBare(redis, total),
    await timeBare(redis, total),
    await timeBare(redis, total),
  ]);
  row("bare XADD, 100 pipelined", bare, bare);
  const store = redisStore(redis);
  await store.append(custom(100));
  await measure("custom events, 100 at once", store, custom, 100, bare);
  await measure("exposures, 100 at once", store, exposures, 100, bare);
  await measure("exposures, 1 at once", store, exposures, 1, bare);
  const reading = await time(async () => {
    for (let after = 0;;) {
      const events = await store.read(after);
      if (events.length === 0) return;
      after = events.at(-1)!.position;
    }
  });
  const { last } = await store.positions();
  row("read, 1,000 at once", last / reading, bare);
  await store.close();
  if (fsync === "everysec") await measureMemory(redis);
  redis.disconnect();
}
for (const powerSafe of [false, true]) {
  const store = sqliteStore(`${temporaryFolder()}/log.db`, { powerSafe });
  console.log(
    `\nsqliteStore()${powerSafe ? ", safe from power failures" : ""}`,
  );
  await measure("custom events, 100 at once", store, custom, 100, NaN);
  await measure("exposures, 100 at once", store, exposures, 100, NaN);
  await measure("exposures, 1 at once", store, exposures, 1, NaN);
  await store.close();
}

async function measure(
  name: string,
  store: EventStore,
  make: (count: number) => readonly NewEvent[],
  size: number,
  bare: number,
): Promise<void> {
  const count = size === 1 ? Math.min(total, 5_000) : total;
  const rates: number[] = [];
  // The best of three: the machine is shared.
  for (let round = 0; round < 3; round++) {
    const events = make(count);
    const seconds = await time(async () => {
      for (let at = 0; at < events.length; at += size) {
        await store.append(events.slice(at, at + size), once);
      }
    });
    rates.push(count / seconds);
  }
  row(name, best(rates), bare);
}

async function timeBare(redis: Redis, count: number): Promise<number> {
  const events = custom(count);
  const seconds = await time(async () => {
    for (let at = 0; at < events.length; at += 100) {
      const pipeline = redis.pipeline();
      for (const event of events.slice(at, at + 100)) {
        pipeline.xadd("bare", "*", "event", JSON.stringify(event));
      }
      await pipeline.exec();
    }
  });
  await redis.del("bare");
  return count / seconds;
}

async function measureMemory(redis: Redis): Promise<void> {
  console.log("\nbytes in Redis's memory");
  const count = Math.min(total, 50_000);
  const used = async () =>
    Number(/used_memory:(\d+)/.exec(await redis.info("memory"))![1]);
  const cost = async (what: string, per: number, fill: () => Promise<void>) => {
    await redis.flushall();
    const before = await used();
    await fill();
    console.log(
      `${what.padEnd(44)} ${Math.round((await used() - before) / per)}`,
    );
  };
  const fill = (options: object, make: typeof custom) => async () => {
    const store = redisStore(redis, { onWarning: () => {} });
    const events = make(count);
    for (let at = 0; at < count; at += 100) {
      await store.append(events.slice(at, at + 100), options);
    }
    await store.close();
  };
  const text = JSON.stringify(exposures(1)[0]).length;
  await cost(`an exposure whose JSON has ${text}`, count, fill({}, exposures));
  await cost(
    "the same with its lane and its mark",
    count,
    fill(once, exposures),
  );
  await cost("a sticky document of one assignment", count, async () => {
    const buckets = redisStickyBuckets(redis, { memoryCapacity: 0 });
    for (let at = 0; at < count; at += 1_000) {
      await Promise.all(
        Array.from({ length: 1_000 }, (_, index) =>
          buckets.save({
            attributeName: "id",
            attributeValue: `user-${at + index}`,
            assignments: { checkout__0: "1" },
          })),
      );
    }
  });
}

async function time(task: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await task();
  return (performance.now() - start) / 1_000;
}

function best(rates: readonly number[]): number {
  return Math.max(...rates);
}

function row(name: string, rate: number, bare: number): void {
  const ratio = Number.isNaN(bare) ? "" : (rate / bare).toFixed(2);
  console.log(
    `${name.padEnd(32)} ${
      Math.round(rate).toLocaleString("en").padStart(12)
    } a second  ${ratio}`,
  );
}

function custom(count: number): readonly NewEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    id: createId(),
    time: Date.now(),
    type: "custom",
    version: 1,
    data: { name: "clicked", properties: { index } },
  }));
}

function exposures(count: number): readonly NewEvent[] {
  return Array.from({ length: count }, () => ({
    id: createId(),
    time: Date.now(),
    type: "experiment.viewed",
    version: 1,
    data: {
      experimentKey: "checkout",
      variationId: 1,
      variationKey: "1",
      hashAttribute: "id",
      hashValue: `user-${users++}`,
      featureId: "checkout",
      ruleId: "fr_123",
      askedFeatureId: "checkout",
      inExperiment: true,
      stickyBucketUsed: false,
      weights: [0.5, 0.5],
      coverage: 1,
    },
  }));
}
