import { showValue } from "../../../core/payload/read/show_value.ts";
import { createSource } from "../../sources/create_source.ts";
import type { PayloadSource } from "../../sources/payload_source.ts";
import { checkOptions } from "../../support/check_options.ts";
import { systemClock } from "../../support/time/clock.ts";
import { createCommands } from "../client/create_commands.ts";
import { fleetKeys } from "../client/fleet_keys.ts";
import type { RedisClient } from "../client/redis_client.ts";
import type { RedisSourceOptions } from "./redis_source_options.ts";
import { runRedisSource } from "./run_redis_source.ts";

/**
 * The payloads of a source for a whole fleet, by way of Redis or Valkey: one process, the holder of a
 * lease, follows `source` and writes what it gives; the others take it from there, and are told of
 * changes at once. So a fleet asks GrowthBook once, and a process that starts while GrowthBook is
 * down has the last payload. Where the holder ends, another takes over within the lifetime of its lease.
 *
 * What `source` decrypts is written as it came, and each process decrypts it by its own `source`, with
 * its own key. While Redis is gone each goes on with what it has, and after `patience` it follows the
 * source itself, until Redis is back. `reports$` tells how it fares: `ok` where the holder knows the
 * payload to be current, and `cached` where it does not.
 *
 * Throws a `TypeError` where the source evaluates remotely, since the server decides for each user then,
 * and where an option can't be used; a `RangeError` where a time can't.
 *
 * @example
 * ```ts ignore
 * import { Redis } from "ioredis";
 * import { createClient } from "@growthstream/sdk/client";
 * import { growthbookSource } from "@growthstream/sdk/growthbook";
 * import { redisSource } from "@growthstream/sdk/redis";
 *
 * const redis = new Redis("redis://localhost");
 * const source = growthbookSource({ clientKey: "sdk-abc123" });
 * const client = createClient({ source: redisSource(redis, { source }) });
 * ```
 */
export function redisSource(
  client: RedisClient,
  options: RedisSourceOptions,
): PayloadSource {
  checkOptions("create the source", options, {
    source: "any",
    name: "text",
    subscriber: "any",
    lease: "any",
    patience: "amount",
    timeout: "bound",
    clock: "clock",
  });
  const {
    source,
    name = "growthstream",
    subscriber,
    lease = 10_000,
    patience = 30_000,
    timeout = 2_000,
    clock = systemClock,
  } = options;
  if (typeof source?.subscribe !== "function") {
    throw new TypeError("Cannot create the source: the current source is none");
  }
  if ("remote" in source) {
    throw new TypeError(
      "Cannot share a source: the current one evaluates remotely",
    );
  }
  if (!(typeof lease === "number" && lease >= 1_000 && lease < 2 ** 31)) {
    throw new RangeError(
      `Cannot create the source: lease should be at least 1000, the current value is ${
        showValue(lease)
      }`,
    );
  }
  const { payload: key, payloadChannel: channel } = fleetKeys(name);
  const commands = createCommands(client, { timeout, clock });
  const readBody = (source as PayloadSource).readBody;
  const shared = createSource((outlets) =>
    runRedisSource({
      commands,
      client,
      subscriber,
      key,
      channel,
      source,
      lease,
      patience,
      clock,
    }, outlets)
  );
  return readBody === undefined ? shared : Object.assign(shared, { readBody });
}
