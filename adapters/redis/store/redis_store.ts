import { checkPosition } from "../../log/check_position.ts";
import { systemClock } from "../../support/time/clock.ts";
import { createIds } from "../../support/create_ids.ts";
import { createCommands } from "../client/create_commands.ts";
import type { RedisClient } from "../client/redis_client.ts";
import { leaveScript } from "../scripts/consumer_scripts.ts";
import { readScript } from "../scripts/read_script.ts";
import { appendCall } from "./append_calls.ts";
import { checkPolicy } from "./check_policy.ts";
import { consumerCalls } from "./consumer_calls.ts";
import { createClaimedNames } from "./create_claimed_names.ts";
import { createHolder } from "./create_holder.ts";
import { createLogAccess } from "./create_log_access.ts";
import { createMarkKeys } from "./create_mark_keys.ts";
import { createRetention, pruneLog } from "./create_retention.ts";
import { createStatus } from "./create_status.ts";
import { createWakeups } from "./create_wakeups.ts";
import { tellErasures } from "../../log/port/tell_erasures.ts";
import { eraseCall } from "./erase_call.ts";
import { parkedCalls } from "./parked_calls.ts";
import { pageReader, readCall } from "./read_calls.ts";
import {
  checkRedisOptions,
  type RedisStore,
  type RedisStoreOptions,
} from "./redis_store_options.ts";
import { fleetKeys } from "../client/fleet_keys.ts";

/** The longest time that a timer can wait, in milliseconds. */
const longest = 2 ** 31 - 1;

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
  const {
    name = "growthstream",
    retention = {},
    rememberedIds = 100_000,
    timeout = 5_000,
    pollInterval = 1_000,
    ownerLifetime = 8_000,
    clock = systemClock,
    createId = createIds({ now: clock.now }),
  } = options;
  checkRedisOptions(options);
  checkRange("ownerLifetime", ownerLifetime, 1_000, 10_000);
  checkRange("timeout", timeout, 1, longest);
  checkRange("pollInterval", pollInterval, 10, longest);
  checkRange("rememberedIds", rememberedIds, 0, Number.MAX_SAFE_INTEGER);
  for (const [bound, value] of Object.entries(retention)) {
    if (value !== undefined) {
      checkRange(`retention.${bound}`, value, 1, Infinity);
    }
  }
  if (options.replicas !== undefined && hasManyConnections(client)) {
    throw new TypeError(
      "Cannot wait for replicas: the current client sends commands by more than one connection",
    );
  }
  const { log: key, channel } = fleetKeys(name);
  const commands = createCommands(client, { timeout, clock });
  const status = createStatus(clock, options.onWarning);
  let isChecked = false;
  const access = createLogAccess({
    commands,
    key,
    status,
    serverTime: options.serverTime,
    onMoved: () => {
      isChecked = false;
      holder.dropAll();
      wakeups.wake();
    },
  });
  const run: typeof access.run = async (script, call) => {
    const answer = await access.run(script, call);
    if (!isChecked) {
      isChecked = true;
      void checkPolicy(commands, key, status);
    }
    return answer;
  };
  const checked = { ...access, run };
  const holder = createHolder(checked, ownerLifetime, clock);
  const keys = createMarkKeys();
  const names = createClaimedNames();
  const setting = { access: checked, rememberedIds, createId };
  const retain = createRetention(setting, retention, {
    clock,
    status,
    hasOwnTime: options.serverTime !== undefined,
  });
  const readPage = pageReader(checked, status);
  const look = () =>
    checked.run(readScript, {
      task: "read the positions",
      args: ["0", "0", "", "0"],
    });
  const wakeups = createWakeups({
    client,
    subscriber: options.subscriber,
    channel,
    pollInterval,
    look: async () => {
      const { last } = await look();
      return `${last} ${access.moves()}`;
    },
    clock,
  });
  const { eraseParked, ...parked } = parkedCalls(checked, holder, {
    channel,
    wake: wakeups.wake,
  });
  let closing: Promise<void> | null = null;

  const close = async () => {
    const id = holder.id();
    holder.dropAll();
    const leaving = access.run(leaveScript, {
      task: "release",
      args: [id],
      timeout: Math.min(timeout, 2_000),
    });
    access.close();
    // Where Redis can't be told, it finds out by itself.
    await leaving.catch(() => {});
    wakeups.close();
    status.close();
  };
  return {
    append: appendCall({
      access: checked,
      commands,
      key,
      channel,
      keys,
      names,
      replicas: options.replicas,
      onAppended: (answer, count) => {
        if (count > 0) wakeups.wake();
        retain(answer, count);
      },
    }),
    read: readCall(readPage, checked),
    positions: async () => {
      const { first, last } = await look();
      const moves = access.moves();
      return {
        first: last === 0 ? 0 : first,
        last,
        ...(moves === 0 ? {} : { moves }),
      };
    },
    wakeups: wakeups.wakeups,
    ...consumerCalls(checked, holder, names),
    ...parked,
    ...tellErasures(eraseCall({
      access: checked,
      readPage,
      keys,
      parked: { eraseParked },
      stickyBuckets: options.stickyBuckets,
    })),
    prune: async (through) =>
      await pruneLog(setting, checkPosition("through", through), "pruned"),
    close: () => closing ??= close(),
    status$: status.status$,
  };
}

// WAIT is about what its own connection wrote: by another one it would be content with nothing. A cluster
// of ioredis sends it to any server, and a pool of node-redis by any of its connections.
function hasManyConnections(client: RedisClient): boolean {
  return "totalClients" in client ||
    (client as { readonly isCluster?: unknown }).isCluster === true;
}

function checkRange(
  name: string,
  value: number,
  least: number,
  most: number,
): void {
  if (value >= least && value <= most) return;
  throw new RangeError(
    `Cannot create the store: ${name} should be a number from ${least} to ${most}, the current value is ${value}`,
  );
}
