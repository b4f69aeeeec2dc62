import { showValue } from "../../../core/payload/read/show_value.ts";
import { evolveStickyBuckets } from "../../../core/sticky/evolve_sticky_buckets.ts";
import type {
  StickyAssignmentDocument,
  StickyAssignmentDocuments,
} from "../../../core/types/sticky_bucket.ts";
import { documentKey } from "../../sticky/document_key.ts";
import { memoryStickyBuckets } from "../../sticky/memory_sticky_buckets.ts";
import type {
  StickyBucketStore,
  StickyDocumentName,
} from "../../sticky/sticky_bucket_store.ts";
import { checkOptions } from "../../support/check_options.ts";
import { type Clock, systemClock } from "../../support/time/clock.ts";
import type { Observable } from "../../support/observable.ts";
import { createCommands } from "../client/create_commands.ts";
import type { RedisClient } from "../client/redis_client.ts";
import { createStatus } from "../store/create_status.ts";
import type { RedisStatus } from "../store/redis_store_options.ts";
import { createDocuments } from "./create_documents.ts";
import { createOwed } from "./create_owed.ts";

/** What there is to choose of sticky buckets in Redis. */
export interface RedisStickyBucketsOptions {
  /** What stands in front of each key; nothing by default, as GrowthBook's own service has it. */
  readonly prefix?: string;
  /**
   * How long a document stays that is neither loaded nor saved, in milliseconds; for ever by default.
   * Its user is bucketed by hash again then.
   */
  readonly ttl?: number;
  /** How many documents are kept here too, for when Redis is gone; default 10,000. */
  readonly memoryCapacity?: number;
  /** How long Redis may take to answer, in milliseconds; default 1,000. */
  readonly timeout?: number;
  /** Tells the time and sets timers; default the clock of the runtime. */
  readonly clock?: Clock;
}

/** Sticky buckets in Redis. */
export interface RedisStickyBuckets extends StickyBucketStore {
  /** Loads documents. Rejects where Redis is gone, and none of them was seen here. */
  readonly load: (
    names: readonly StickyDocumentName[],
  ) => Promise<StickyAssignmentDocuments>;
  /** Adds the assignments of a document. Rejects where Redis is gone; they are written later then. */
  readonly save: (document: StickyAssignmentDocument) => Promise<void>;
  /** Removes a document. Rejects where Redis is gone. */
  readonly erase: (name: StickyDocumentName) => Promise<void>;
  /** How they fare, now and whenever that changes. */
  readonly status$: Observable<RedisStatus>;
}

/**
 * Keeps sticky buckets in Redis or Valkey, under the keys and in the format of GrowthBook's own Redis
 * service: `attribute||value`, and a document as JSON. Assignments are added by a script, so those that
 * two processes make for a user at the same time are merged.
 *
 * While Redis is gone, users go on with the documents that this process has seen, and what is assigned
 * is written once Redis is back. `load` rejects then where it has seen none of a user's; a client
 * reports that and goes on without. `ttl` is prolonged by each use of a document.
 *
 * @example
 * ```ts ignore
 * import { Redis } from "ioredis";
 * import { redisStickyBuckets } from "@growthstream/sdk/redis";
 *
 * const store = redisStickyBuckets(new Redis("redis://localhost"));
 * await store.save({
 *   attributeName: "id",
 *   attributeValue: "7",
 *   assignments: { button__0: "blue" },
 * });
 * ```
 */
export function redisStickyBuckets(
  client: RedisClient,
  options: RedisStickyBucketsOptions = {},
): RedisStickyBuckets {
  checkOptions("keep sticky buckets in Redis", options, {
    prefix: "text",
    ttl: "any",
    memoryCapacity: "amount",
    timeout: "bound",
    clock: "clock",
  });
  const {
    prefix = "",
    ttl = 0,
    memoryCapacity = 10_000,
    timeout = 1_000,
    clock = systemClock,
  } = options;
  const lifetime = checkLifetime(ttl);
  const commands = createCommands(client, { timeout, clock });
  const status = createStatus(clock);
  const memory = memoryStickyBuckets({ capacity: memoryCapacity });
  const documents = createDocuments({ commands, prefix, lifetime, status });
  const owed = createOwed(documents.write, { capacity: memoryCapacity, clock });

  const loadOne = async (
    name: StickyDocumentName,
  ): Promise<StickyAssignmentDocument | null> => {
    const found = await documents.read(name);
    if (found === null) await memory.erase?.(name);
    else await memory.save(found);
    // What Redis was not told yet counts too.
    const late = owed.of(documentKey(name));
    if (late === null) return found;
    const known = found === null ? {} : { [documentKey(name)]: found };
    return evolveStickyBuckets(known, late)[documentKey(name)]!;
  };
  return {
    load: async (names) => {
      const loaded = await Promise.allSettled(names.map(loadOne));
      const failed = loaded.find((each) => each.status === "rejected");
      const found = loaded.flatMap((each) =>
        each.status === "fulfilled" ? each.value ?? [] : []
      );
      const there = Object.fromEntries(
        found.map((document) => [documentKey(document), document]),
      );
      if (failed === undefined) return there;
      const seen = { ...await memory.load(names), ...there };
      if (Object.keys(seen).length === 0) throw failed.reason;
      return seen;
    },
    save: async (document) => {
      await memory.save(document);
      await owed.pay(documentKey(document), document);
    },
    erase: async (name) => {
      await memory.erase?.(name);
      owed.forget(documentKey(name));
      await documents.erase(name);
    },
    status$: status.status$,
  };
}

function checkLifetime(ttl: unknown): string {
  if (
    typeof ttl === "number" &&
    (ttl === 0 || ttl >= 1_000 && ttl < 2 ** 53)
  ) {
    return String(Math.floor(ttl));
  }
  throw new RangeError(
    `Cannot create the sticky buckets: ttl should be 0, or at least 1000, the current value is ${
      showValue(ttl)
    }`,
  );
}
