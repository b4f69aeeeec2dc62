import { createRequire } from "node:module";
import process from "node:process";
import {
  type RedisClient,
  redisStickyBuckets,
  type RedisStore,
  redisStore,
} from "../../../redis/mod.ts";

/** A log in Redis that a command has opened. */
export interface OpenedRedis {
  /** The store. */
  readonly store: RedisStore;
  /** Closes the store and the connection. */
  readonly close: () => Promise<void>;
}

/** Tells the address of a Redis from the path of a file. */
export function isRedisAddress(log: string): boolean {
  return /^rediss?:\/\//.test(log);
}

/**
 * Opens the log at the address of a Redis; `?log=NAME` at its end names another than the default one. The
 * client is Bun's own, or `ioredis` or `redis`, where one of them is installed. Gives a line that says
 * why where that can't be done, without the address, which may have a password.
 */
export async function openRedis(
  address: string,
): Promise<OpenedRedis | string> {
  const [url = "", query = ""] = address.split("?");
  const name = new URLSearchParams(query).get("log") ?? undefined;
  let made: Connected | null;
  try {
    made = await connectBun(url) ?? await connectIoredis(url) ??
      await connectNodeRedis(url);
  } catch (error) {
    const { name } = error as Error;
    return name === "NotCapable"
      ? "Deno runs without --allow-net and --allow-env for it"
      : "Redis can't be reached";
  }
  if (made === null) {
    return "no client of Redis is installed: npm install ioredis, or redis";
  }
  const { client, disconnect } = made;
  try {
    const store = redisStore(client, {
      ...(name === undefined ? {} : { name }),
      stickyBuckets: redisStickyBuckets(client),
      onWarning: () => {},
    });
    return {
      store,
      close: async () => {
        await store.close();
        disconnect();
      },
    };
  } catch {
    disconnect();
    return "the name of the log can't be used";
  }
}

interface Connected {
  readonly client: RedisClient;
  readonly disconnect: () => void;
}

interface Events {
  readonly on: (event: "error", listener: () => void) => unknown;
}

async function connectBun(url: string): Promise<Connected | null> {
  const { Bun: bun } = globalThis as {
    readonly Bun?: {
      readonly RedisClient?: new (
        url: string,
        options: object,
      ) => RedisClient & {
        readonly connect: () => Promise<unknown>;
        readonly close: () => void;
      };
    };
  };
  if (bun?.RedisClient === undefined) return null;
  // One that reconnects goes on trying where there is no Redis, too.
  const first = new bun.RedisClient(url, { autoReconnect: false });
  await first.connect();
  first.close();
  const client = new bun.RedisClient(url, { maxRetries: 1_000_000 });
  await client.connect();
  return { client, disconnect: () => client.close() };
}

async function connectIoredis(url: string): Promise<Connected | null> {
  const found = load("ioredis") as {
    readonly Redis: new (
      url: string,
      options: object,
    ) => RedisClient & Events & {
      readonly connect: () => Promise<void>;
      readonly disconnect: () => void;
    };
  } | null;
  if (found === null) return null;
  let isKnown = false;
  const client = new found.Redis(url, {
    lazyConnect: true,
    retryStrategy: (retries: number) => isKnown ? pauseAfter(retries) : null,
    maxRetriesPerRequest: null,
  });
  client.on("error", () => {});
  await client.connect();
  isKnown = true;
  return { client, disconnect: () => client.disconnect() };
}

async function connectNodeRedis(url: string): Promise<Connected | null> {
  const found = load("redis") as {
    readonly createClient: (options: object) => RedisClient & Events & {
      readonly connect: () => Promise<unknown>;
      readonly destroy: () => void;
    };
  } | null;
  if (found === null) return null;
  let isKnown = false;
  const client = found.createClient({
    url,
    socket: {
      reconnectStrategy: (retries: number) => isKnown && pauseAfter(retries),
    },
  });
  client.on("error", () => {});
  await client.connect();
  isKnown = true;
  return { client, disconnect: () => client.destroy() };
}

// A Redis that is not there is told at once; one that was there is waited for.
function pauseAfter(retries: number): number {
  return Math.min(2_000, 50 * (retries + 1));
}

// Beside this package, or where the command is run: the package itself needs neither of them. Both can
// be required, and what is imported by a name that is not written out can't be published.
function load(name: string): unknown {
  for (const place of [import.meta.url, `${process.cwd()}/package.json`]) {
    try {
      return createRequire(place)(name);
    } catch {
      // It is not installed there.
    }
  }
  return null;
}
