import { Redis, type RedisOptions } from "ioredis";

/** A client of ioredis that goes when its block ends. */
export interface Connection {
  /** The client. */
  readonly client: Redis;
  /** Disconnects it. */
  readonly [Symbol.dispose]: () => void;
}

/** Connects a client of ioredis, which tries again soon, and says nothing of it. */
export function connect(
  url: string,
  options: Pick<RedisOptions, "enableOfflineQueue"> = {},
): Connection {
  const client = new Redis(url, {
    retryStrategy: () => 50,
    maxRetriesPerRequest: null,
    ...options,
  });
  client.on("error", () => {});
  return { client, [Symbol.dispose]: () => client.disconnect() };
}
