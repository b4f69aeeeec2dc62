import { evolveStickyBuckets } from "../../../core/sticky/evolve_sticky_buckets.ts";
import { stickyDocumentKey } from "../../../core/sticky/sticky_document_key.ts";
import type {
  StickyAssignmentDocument,
  StickyAssignmentDocuments,
} from "../../../core/types/sticky_bucket.ts";
import { memoryStickyBuckets } from "../../sticky/memory_sticky_buckets.ts";
import { readDocument } from "../../sticky/read_document.ts";
import type {
  StickyBucketStore,
  StickyDocumentName,
} from "../../sticky/sticky_bucket_store.ts";
import { checkOptions } from "../../support/check_options.ts";
import { type Clock, systemClock } from "../../support/time/clock.ts";
import type { Observable } from "../../support/observable.ts";
import { createCommands, describeError } from "../client/create_commands.ts";
import { type RedisScript, runScript } from "../client/create_script.ts";
import type { RedisClient } from "../client/redis_client.ts";
import { redisFailure } from "../client/redis_failure.ts";
import {
  mergeScript,
  swapScript,
  touchScript,
} from "../scripts/sticky_scripts.ts";
import { createStatus } from "../store/create_status.ts";
import type { RedisStatus } from "../store/redis_store_options.ts";
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

/** How often a document is written that changed meanwhile, and that Lua can't read. */
const attempts = 50;

/**
 * Keeps sticky buckets in Redis or Valkey, under the keys and in the format of GrowthBook's own Redis
 * service: `attribute||value`, and a document as JSON. Assignments are added by a script, so those that
 * two processes make for a user at the same time unite.
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
    clock: "object",
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
  const keyOf = ({ attributeName, attributeValue }: StickyDocumentName) =>
    prefix + stickyDocumentKey(attributeName, attributeValue);
  const run = (
    script: RedisScript,
    task: string,
    key: string,
    args: readonly string[],
  ) => watch(runScript(commands, script, { task, key, args }));

  async function watch<Reply>(reply: Promise<Reply>): Promise<Reply> {
    try {
      const value = await reply;
      status.succeed();
      return value;
    } catch (error) {
      const { storageFailure } = error as {
        readonly storageFailure?: Parameters<typeof status.fail>[0];
      };
      status.fail(storageFailure ?? redisFailure(error));
      throw error;
    }
  }
  const get = async (key: string): Promise<string | null> => {
    const task = "read sticky buckets";
    const reply = lifetime === "0"
      ? await watch(commands.ask(task, ["GET", key], key))
      : await run(touchScript, task, key, [lifetime]);
    return typeof reply === "string" ? reply : null;
  };
  const write = async (document: StickyAssignmentDocument) => {
    const { attributeName, attributeValue, assignments } = document;
    const words = [
      attributeName,
      attributeValue,
      ...Object.entries(assignments).flat(),
    ];
    const key = keyOf(document);
    const isDone = words.every(isWellFormed) &&
      Number(
          await run(mergeScript, "save sticky buckets", key, [
            lifetime,
            ...words,
          ]),
        ) === 1;
    if (!isDone) await swap(key, document);
  };
  // The slower way, for what Lua can't read or write: a half of a surrogate pair.
  const swap = async (key: string, document: StickyAssignmentDocument) => {
    const name = keyName(document);
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const text = await get(key);
      const there = text === null ? null : readDocument(text, document);
      const united = evolveStickyBuckets(
        there === null ? {} : { [name]: there },
        document,
      );
      const args = [
        ...[lifetime, text === null ? "0" : "1", text ?? ""],
        JSON.stringify(united[name]),
      ];
      if (
        Number(await run(swapScript, "save sticky buckets", key, args)) === 1
      ) return;
    }
    throw describeError("save sticky buckets", new Error("it kept changing"));
  };
  const owed = createOwed(write, { capacity: memoryCapacity, clock });

  const loadOne = async (
    name: StickyDocumentName,
  ): Promise<StickyAssignmentDocument | null> => {
    const text = await get(keyOf(name));
    const found = text === null ? null : readDocument(text, name);
    if (found === null) await memory.erase?.(name);
    else await memory.save(found);
    // What Redis was not told yet counts too.
    const late = owed.of(keyName(name));
    if (late === null) return found;
    const known = found === null ? {} : { [keyName(name)]: found };
    return evolveStickyBuckets(known, late)[keyName(name)]!;
  };
  return {
    load: async (names) => {
      const loaded = await Promise.allSettled(names.map(loadOne));
      const failed = loaded.find((each) => each.status === "rejected");
      const found = loaded.flatMap((each) =>
        each.status === "fulfilled" ? each.value ?? [] : []
      );
      const documents = Object.fromEntries(
        found.map((document) => [keyName(document), document]),
      );
      if (failed === undefined) return documents;
      const seen = { ...await memory.load(names), ...documents };
      if (Object.keys(seen).length === 0) throw failed.reason;
      return seen;
    },
    save: async (document) => {
      await memory.save(document);
      await owed.pay(keyName(document), document);
    },
    erase: async (name) => {
      await memory.erase?.(name);
      owed.forget(keyName(name));
      const key = keyOf(name);
      await watch(commands.ask("erase sticky buckets", ["DEL", key], key));
    },
    status$: status.status$,
  };
}

function keyName(
  { attributeName, attributeValue }: StickyDocumentName,
): string {
  return stickyDocumentKey(attributeName, attributeValue);
}

function checkLifetime(ttl: number): string {
  if (ttl === 0 || ttl >= 1_000 && ttl < 2 ** 53) {
    return String(Math.floor(ttl));
  }
  throw new RangeError(
    `Cannot create the sticky buckets: ttl should be 0, or at least 1000, the current value is ${ttl}`,
  );
}

// `isWellFormed` of ES2024 is younger than some supported runtimes.
function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}
