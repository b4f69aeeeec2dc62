import { type RedisServer, startRedis } from "../../support/redis_server.ts";

let starting: Promise<RedisServer> | null = null;

/** Gives the Redis that the tests of a file share, which ends with them. */
export function startShared(): Promise<RedisServer> {
  starting ??= startRedis().then((server) => {
    globalThis.addEventListener("unload", () => server.signal("SIGKILL"));
    return server;
  });
  return starting;
}
