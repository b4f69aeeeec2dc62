import { checkPosition } from "../../log/check_position.ts";
import { createCommands } from "../client/create_commands.ts";
import type { RedisClient } from "../client/redis_client.ts";
import { leaveScript } from "../scripts/consumer_scripts.ts";
import { appendCall } from "./append_calls.ts";
import { createPolicyCheck } from "./create_policy_check.ts";
import { consumerCalls } from "./consumer_calls.ts";
import { createClaimedNames } from "./create_claimed_names.ts";
import { createHolder } from "./create_holder.ts";
import { createLogAccess, type LogAccess } from "./create_log_access.ts";
import { createMarkKeys } from "./create_mark_keys.ts";
import { createRetention, pruneLog } from "./create_retention.ts";
import { createStatus } from "./create_status.ts";
import { createWakeups } from "./create_wakeups.ts";
import { tellErasures } from "../../log/port/tell_erasures.ts";
import { eraseCall } from "./erase_call.ts";
import { parkedCalls } from "./parked_calls.ts";
import { pageReader, positionCalls, readCall } from "./read_calls.ts";
import {
  readRedisOptions,
  type RedisStore,
  type RedisStoreOptions,
} from "./redis_store_options.ts";
import { fleetKeys } from "../client/fleet_keys.ts";

/**
 * Keeps events in Redis or Valkey, which many processes share: each exposure is stored once for all of
 * them, and delivered once, by the process that recorded it or the one that takes over from it.
 *
 * `client` is the application's, of `ioredis`, `redis` or Bun. It is duplicated for pub/sub, and
 * neither connected nor closed here. Nothing is asked before the first use, so this throws only where
 * an option can't be used: a `TypeError` or a `RangeError`. What Redis can't do rejects in time, and
 * can be tried again: around it, `durableStore` keeps events meanwhile. `storageFailure` tells what is
 * wrong, and so does `status$`, which also has what is wrong with a Redis that works.
 *
 * An append resolves when Redis has the events in memory. What survives the end of Redis depends on
 * `appendfsync`: with `always` all that was resolved, with `everysec` all but the last second, and
 * without a file nothing. A failover loses what the replica did not have; `replicas` waits for it.
 *
 * @example
 * ```ts ignore
 * import { Redis } from "ioredis";
 * import { createClient } from "@growthstream/sdk/client";
 * import { redisStore } from "@growthstream/sdk/redis";
 * import { durableStore } from "@growthstream/sdk/sqlite";
 *
 * const redis = new Redis("redis://localhost");
 * const client = createClient({ store: durableStore(redisStore(redis)) });
 * ```
 */
export function redisStore(
  client: RedisClient,
  options: RedisStoreOptions = {},
): RedisStore {
  const settings = readRedisOptions(client, options);
  const { timeout, clock, rememberedIds, createId, serverTime } = settings;
  const { log: key, channel } = fleetKeys(settings.name);
  const commands = createCommands(client, { timeout, clock });
  const status = createStatus(clock, settings.onWarning);
  const policy = createPolicyCheck(commands, key, status);
  const onMoved = () => {
    policy.renew();
    holder.dropAll();
    wakeups.wake();
  };
  const way = createLogAccess({ commands, key, status, serverTime, onMoved });
  const access = policy.watch(way);
  const holder = createHolder(access, settings.ownerLifetime, clock);
  const keys = createMarkKeys();
  const names = createClaimedNames();
  const setting = { access, rememberedIds, createId };
  const retain = createRetention(setting, settings.retention, {
    clock,
    status,
    hasOwnTime: serverTime !== undefined,
  });
  const readPage = pageReader(access, status);
  const { positions, look } = positionCalls(access);
  const wakeups = createWakeups({
    client,
    subscriber: settings.subscriber,
    channel,
    pollInterval: settings.pollInterval,
    look,
    clock,
  });
  const { eraseParked, ...parked } = parkedCalls(access, holder, {
    channel,
    wake: wakeups.wake,
  });
  let closing: Promise<void> | null = null;

  const close = async () => {
    const id = holder.id();
    holder.dropAll();
    await leave(way, id, Math.min(timeout, 2_000));
    wakeups.close();
    status.close();
  };
  return {
    append: appendCall({
      access,
      commands,
      key,
      channel,
      keys,
      names,
      replicas: settings.replicas,
      onAppended: (answer, count) => {
        if (count > 0) wakeups.wake();
        retain(answer, count);
      },
    }),
    read: readCall(readPage, access),
    positions,
    wakeups: wakeups.wakeups,
    ...consumerCalls(access, holder, names),
    ...parked,
    ...tellErasures(eraseCall({
      access,
      readPage,
      keys,
      parked: { eraseParked },
      stickyBuckets: settings.stickyBuckets,
    })),
    prune: async (through) =>
      await pruneLog(setting, checkPosition("through", through), "pruned"),
    close: () => closing ??= close(),
    status$: status.status$,
  };
}

/** Says in Redis that an owner is gone, and refuses all further calls. */
async function leave(
  access: LogAccess,
  id: string,
  timeout: number,
): Promise<void> {
  const leaving = access.run(leaveScript, {
    task: "release",
    args: [id],
    timeout,
  });
  access.close();
  // Where Redis can't be told, it finds out by itself.
  await leaving.catch(() => {});
}
