import { showValue } from "../../../core/payload/read/show_value.ts";
import type { EventStore } from "../../log/port/event_store.ts";
import type { StickyBucketStore } from "../../sticky/sticky_bucket_store.ts";
import type { StorageCode } from "../../sqlite/storage_failure.ts";
import { checkOptions } from "../../support/check_options.ts";
import { createIds } from "../../support/create_ids.ts";
import { type Clock, systemClock } from "../../support/time/clock.ts";
import type { Observable } from "../../support/observable.ts";
import type { RedisClient } from "../client/redis_client.ts";

/**
 * How much a log in Redis keeps. Past one of its bounds the oldest events go, read by all or not, down
 * to nine tenths of that bound. It is looked at now and then, when events are appended: a log may
 * exceed its bounds by a thousand events, or a minute.
 */
export interface RedisRetention {
  /** The most events; default 1,000,000. */
  readonly capacity?: number;
  /**
   * How long an event may be in the log, in milliseconds, whatever time it carries; default 604,800,000, a
   * week. By Redis's clock, and only while that is within an hour of the clock here.
   */
  readonly maxAge?: number;
  /**
   * The most bytes that events take in Redis's memory, to about a tenth; default 536,870,912. Marks,
   * parked events and the ids of what was pruned do not count.
   */
  readonly maxBytes?: number;
}

/** What replicas have to have before an append resolves. */
export interface RedisReplicas {
  /** How many replicas have to have the events, in memory. */
  readonly count: number;
  /** How long to wait for them, in milliseconds; default 1,000. */
  readonly timeout?: number;
}

/** What there is to choose of a log in Redis. */
export interface RedisStoreOptions {
  /** The name of the log, of letters, digits and `-_.:/`; default `"growthstream"`. */
  readonly name?: string;
  /** A connected client for pub/sub, which does nothing else; by default the client is duplicated. */
  readonly subscriber?: RedisClient;
  /** How much to keep. */
  readonly retention?: RedisRetention;
  /** How many ids of events that were pruned to remember; default 100,000. */
  readonly rememberedIds?: number;
  /** What `append` waits for beyond Redis's own word (`WAIT`); nothing by default. */
  readonly replicas?: RedisReplicas;
  /** How long a command may take, in milliseconds; default 5,000. */
  readonly timeout?: number;
  /** How often to look for events where nothing tells of them, in milliseconds; default 1,000. */
  readonly pollInterval?: number;
  /**
   * How long an owner counts as alive that is not heard of, in milliseconds; from 1,000 to 10,000,
   * default 8,000. It is renewed three times as often.
   */
  readonly ownerLifetime?: number;
  /** Sticky buckets whose documents `erase` removes with a user's events. */
  readonly stickyBuckets?: Pick<StickyBucketStore, "erase">;
  /** Is told of each warning once; prints it to standard error by default. */
  readonly onWarning?: (warning: RedisWarning) => void;
  /** Tells the time in place of Redis's clock, for tests. */
  readonly serverTime?: () => number;
  /** Tells the time and sets timers; default the clock of the runtime. */
  readonly clock?: Clock;
  /** Makes the ids of `events.dropped` events; UUIDs of version 7 by default. */
  readonly createId?: () => string;
}

/**
 * What is wrong with a Redis that works.
 *
 * - `eviction`: its `maxmemory-policy` is another than `noeviction`, so it may forget a part of the log
 * - `went-back`: events are not there any more, or others are at their positions, as after a failover,
 *   a restart without a file, or a backup
 * - `lost-events`: there are positions without events, as after an eviction
 * - `clock`: its clock and the one here differ by more than an hour, so no event is removed for its age
 */
export const redisWarningCodes = [
  "eviction",
  "went-back",
  "lost-events",
  "clock",
] as const;

/** Something that is wrong with a Redis that works. */
export interface RedisWarning {
  /** What it is; see {@linkcode redisWarningCodes}. */
  readonly code: typeof redisWarningCodes[number];
  /** The same for people. */
  readonly message: string;
  /** When it was noticed last, in milliseconds since 1970. */
  readonly time: number;
}

/** How a store in Redis fares. */
export interface RedisStatus {
  /** `ok` where the last call worked, or there was none; `failing` where it did not; `closed`. */
  readonly state: "ok" | "failing" | "closed";
  /** What is wrong; null unless it is failing. */
  readonly code: StorageCode | null;
  /** The same for people; null unless it is failing. */
  readonly message: string | null;
  /** Since when it is in this state, in milliseconds since 1970. */
  readonly since: number;
  /** What was noticed, one of a code. */
  readonly warnings: readonly RedisWarning[];
}

/** A log in Redis. */
export interface RedisStore extends EventStore {
  /** How it fares, now and whenever that changes. */
  readonly status$: Observable<RedisStatus>;
}

/** The options with the defaults in place. */
export interface RedisStoreSettings
  extends
    Omit<RedisStoreOptions, keyof RedisStoreDefaults>,
    Required<RedisStoreDefaults> {}

type RedisStoreDefaults = Pick<
  RedisStoreOptions,
  | "name"
  | "retention"
  | "rememberedIds"
  | "timeout"
  | "pollInterval"
  | "ownerLifetime"
  | "clock"
  | "createId"
>;

/** The longest time that a timer can wait, in milliseconds. */
const longest = 2 ** 31 - 1;

/** Puts the defaults in place. Throws a `TypeError` or `RangeError` for an option that can't be used. */
export function readRedisOptions(
  client: RedisClient,
  options: RedisStoreOptions,
): RedisStoreSettings {
  checkRedisOptions(options);
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
  return {
    ...options,
    name,
    retention,
    rememberedIds,
    timeout,
    pollInterval,
    ownerLifetime,
    clock,
    createId,
  };
}

function checkRedisOptions(options: RedisStoreOptions): void {
  const task = "keep the event log in Redis";
  checkOptions(task, options, {
    name: "text",
    subscriber: "any",
    retention: "object",
    rememberedIds: "any",
    replicas: "object",
    timeout: "any",
    pollInterval: "any",
    ownerLifetime: "any",
    stickyBuckets: "any",
    onWarning: "function",
    serverTime: "function",
    clock: "clock",
    createId: "function",
  });
  checkOptions(`${task} by its retention`, options.retention ?? {}, {
    capacity: "any",
    maxAge: "any",
    maxBytes: "any",
  });
  checkOptions<Partial<RedisReplicas>>(
    `${task} with its replicas`,
    options.replicas ?? {},
    { count: "count", timeout: "bound" },
  );
}

// WAIT is about what its own connection wrote: by another one it would be content with nothing. A cluster
// of ioredis sends it to any server, and a pool of node-redis by any of its connections.
function hasManyConnections(client: RedisClient): boolean {
  return "totalClients" in client ||
    (client as { readonly isCluster?: unknown }).isCluster === true;
}

function checkRange(
  name: string,
  value: unknown,
  least: number,
  most: number,
): void {
  if (typeof value === "number" && value >= least && value <= most) return;
  throw new RangeError(
    `Cannot create the store: ${name} should be a number from ${least} to ${most}, the current value is ${
      showValue(value)
    }`,
  );
}
