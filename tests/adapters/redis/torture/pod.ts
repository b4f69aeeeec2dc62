// A pod of a fleet, on whatever runtime this is: it shows users the experiments of a payload, round by
// round, and writes down what happened: a line each, which is out of the process when the call returns, so
// that killing it loses no word.
//
//   start TIME           it starts, perhaps once more
//   s ID POSITION LANE TIME  the store has it: this event's append was answered; `-` is no lane
//   d ID TIME            the tracking callback was called with it
//   c TIME LANE POSITION UNSETTLED  Redis acknowledged a checkpoint
//   o TIME, i TIME       the store can't reach Redis, since about then; it can again
//   v USER VARIATIONS    a user of a round that is over was shown these
//   r ROUND              a round is over: all of it is stored, delivered and saved
//   p VERSION            the payload is of that version now
//   ! MESSAGE            something went wrong
//
// Its argument is the JSON of a `PodSetting`.
import { openSync, readFileSync, writeSync } from "node:fs";
import process from "node:process";
import { Redis } from "ioredis";
import { createClient as createNodeRedis } from "redis";
import {
  createClient,
  type StickyBucketStore,
} from "../../../../adapters/client/mod.ts";
import { growthbookSource } from "../../../../adapters/growthbook/mod.ts";
import {
  type RedisClient,
  redisSource,
  redisStickyBuckets,
  redisStore,
} from "../../../../adapters/redis/mod.ts";
import { durableStore } from "../../../../adapters/sqlite/mod.ts";
import { experimentKeys, type PodSetting } from "./setting.ts";

const setting: PodSetting = JSON.parse(process.argv[2]!);
const journal = openSync(setting.journal, "a");
const say = (line: string) => void writeSync(journal, `${line}\n`);
const pause = (time: number) =>
  new Promise((resolve) => setTimeout(resolve, time));

say(`start ${Date.now()}`);
const sayOutage = (from: number | null, to: number | null) => {
  if (from !== null) say(`o ${from}`);
  if (to !== null) say(`i ${to}`);
};
const timeout = 2_000;
const redis = await connect(setting.url);
const log = redisStore(redis, { timeout, onWarning: tellWarning });
const store = durableStore({
  ...log,
  append: async (events, options) => {
    const stored = await log.append(events, options);
    for (const { id, position, isRepeated, type } of stored) {
      if (!isRepeated && type === "experiment.viewed") {
        say(`s ${id} ${position} ${options?.lane ?? "-"} ${Date.now()}`);
      }
    }
    return stored;
  },
  commit: async (key, owner, checkpoint) => {
    const asked = Date.now();
    try {
      const isDone = await log.commit(key, owner, checkpoint);
      const { position, unsettled } = checkpoint;
      if (isDone) say(`c ${Date.now()} ${key.lane} ${position} ${unsettled}`);
      // Another pod may have the lane, since the sign of life of this one was over.
      else sayOutage(asked - 10_000, Date.now());
      return isDone;
    } catch (error) {
      sayOutage(asked, null);
      throw error;
    }
  },
});
store.status$.subscribe(({ state }) => {
  if (state === "ok") sayOutage(null, Date.now());
  // What it asked last was not answered for the timeout.
  if (state === "degraded") sayOutage(Date.now() - timeout, null);
});
const buckets = redisStickyBuckets(redis);
// A user whose buckets can't be read is not served: another variation would be a lie.
const patient: StickyBucketStore = {
  ...buckets,
  load: async (names) => {
    for (;;) {
      try {
        return await buckets.load(names);
      } catch {
        await pause(100);
      }
    }
  },
};
const client = createClient({
  source: redisSource(redis, {
    lease: 3_000,
    source: growthbookSource({
      clientKey: "sdk-torture",
      apiHost: setting.api,
      streaming: false,
      polling: 1_000,
      cache: false,
    }),
  }),
  store,
  stickyBuckets: patient,
  trackingCallback: (_, __, ___, { id }) => say(`d ${id} ${Date.now()}`),
  onError: (error) => say(`! ${String(error).split("\n")[0]}`),
});
client.payload$.subscribe((payload) =>
  say(`p ${payload?.features["version"]?.defaultValue}`)
);
while (client.peek(experimentKeys[0]!).value === null) await pause(20);

for (const round of setting.rounds) {
  // Two pods that show the same user something at the same moment can't know of each other.
  while (setting.shared.includes(round) && !isDoneBefore(round)) {
    await pause(200);
  }
  const start = performance.now();
  const visits = new Map<string, string>();
  // A round with a negative number repeats another.
  const first = (round < 0 ? -round - 1 : round) * setting.size;
  const visit = async (user: string) => {
    const reads = await client.loadUser({ attributes: { id: user } }, {
      timeout: 600_000,
    });
    const shown = experimentKeys.map((key) => reads.getFeatureValue(key, -1));
    visits.set(user, shown.join(","));
  };
  // As a server does, it answers many at once.
  for (let each = 0; each < setting.size; each += 50) {
    const users = Array.from({ length: 50 }, (_, at) => first + each + at);
    await Promise.all(users.map((user) => visit(String(user))));
  }
  // Until all of it is in Redis: what is held in memory here would go with the process.
  for (;;) {
    const { isDelivered } = await client.flush({ timeout: 5_000 });
    if (isDelivered && await areKept([...visits.keys()])) break;
    await pause(50);
  }
  for (const [user, shown] of visits) say(`v ${user} ${shown}`);
  say(`r ${round}`);
  const left = setting.pace - (performance.now() - start);
  if (left > 0) await pause(left);
}
say("done");
// It stays until it is told to end: what another one leaves is its to deliver.
process.stdin.on("data", async () => {
  await client.close({ timeout: 10_000 });
  process.exit(0);
});

function isDoneBefore(round: number): boolean {
  return readFileSync(setting.before, "utf8").includes(`\nr ${round}\n`);
}

async function areKept(users: readonly string[]): Promise<boolean> {
  const names = users.map((attributeValue) => ({
    attributeName: "id",
    attributeValue,
  }));
  // Asked by a store of its own, which remembers nothing.
  const asked = redisStickyBuckets(redis, { memoryCapacity: 0 });
  const documents = await asked.load(names).catch(() => ({}));
  return Object.keys(documents).length === users.length;
}

function tellWarning({ code }: { readonly code: string }): void {
  say(`! warning ${code}`);
}

async function connect(url: string): Promise<RedisClient> {
  const { Bun: bun } = globalThis as {
    readonly Bun?: {
      readonly RedisClient: new (
        url: string,
        options: object,
      ) => RedisClient;
    };
  };
  if (setting.client === "bun" && bun !== undefined) {
    return new bun.RedisClient(url, { maxRetries: 1_000_000 });
  }
  if (setting.client === "node-redis") {
    const client = createNodeRedis({
      url,
      socket: { reconnectStrategy: () => 100 },
    });
    client.on("error", () => {});
    await client.connect();
    return client;
  }
  const client = new Redis(url, {
    retryStrategy: () => 100,
    maxRetriesPerRequest: null,
  });
  client.on("error", () => {});
  return client;
}
