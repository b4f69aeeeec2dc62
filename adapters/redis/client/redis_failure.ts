import type { StorageCode } from "../../sqlite/storage_failure.ts";

/** Why Redis could not do something. */
export interface RedisFailure {
  /** What is wrong; the codes of `storageFailure`. */
  readonly code: StorageCode;
  /** The same for people; no address, no key and no value. */
  readonly message: string;
}

/** Redis's own words at the beginning of a reply, and what stands for them. */
const replies: readonly (readonly [words: RegExp, failure: RedisFailure])[] = [
  [/^OOM\b/, {
    code: "full",
    message: "Redis is full: it has come to its maxmemory",
  }],
  [/^MISCONF\b/, {
    code: "full",
    message: "Redis can't write to its disk, and takes no writes",
  }],
  [/^READONLY\b/, {
    code: "read-only",
    message: "the server is a replica, which can only be read",
  }],
  [/^NOREPLICAS\b/, {
    code: "read-only",
    message: "Redis has too few replicas to take writes",
  }],
  [/^BUSY\b/, { code: "locked", message: "a script keeps Redis busy" }],
  [/^(LOADING|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|UNBLOCKED)\b/, {
    code: "unreachable",
    message: "Redis is not ready: it starts, or fails over",
  }],
  [/^(MOVED|ASK|CROSSSLOT)\b/, {
    code: "unsupported",
    message:
      "the server is part of a cluster, which takes a client of a cluster",
  }],
  [/^(NOAUTH|WRONGPASS|NOPERM)\b/, {
    code: "denied",
    message: "Redis denies it: the user or the password lacks the right",
  }],
  [/^WRONGTYPE\b/, {
    code: "corrupt",
    message: "a key in Redis is another program's",
  }],
  [/unknown command|unknown subcommand/i, {
    code: "unsupported",
    message: "the server is older than Redis 6.2, or not Redis",
  }],
];

/** What clients say where there is no connection. */
const disconnected =
  /connect|socket|closed|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|max retries|offline|Sentinel|timed? ?out|flushed|destroyed|cluster/i;

/** Tells what is wrong from the error that a client rejected with. */
export function redisFailure(error: unknown): RedisFailure {
  const { name, message } = textsOf(error);
  for (const [words, failure] of replies) {
    if (words.test(message)) return failure;
  }
  const isDisconnected = disconnected.test(message) ||
    /Connection|Socket|Timeout|Closed|Abort|MaxRetries/.test(name);
  return isDisconnected
    ? { code: "unreachable", message: "Redis can't be reached" }
    : { code: "failed", message: "Redis refused it" };
}

/** How much is kept of what a client says, in characters. */
const longestMessage = 500;

/** What Redis did not answer in time. */
export const tooSlow: RedisFailure = Object.freeze({
  code: "unreachable",
  message: "Redis does not answer in time",
});

/**
 * Makes the error of something that could not be done; `task` says what, such as `append events`. What
 * is wrong is its `storageFailure`, by which `storageFailure` and `durableStore` know it. Its cause has
 * the name and the words of the client's error, without a password that is part of an address.
 */
export function createRedisError(
  task: string,
  failure: RedisFailure,
  cause?: unknown,
): Error {
  const error = new Error(
    `Cannot ${task}: ${failure.message}`,
    cause === undefined ? undefined : { cause: withoutCommand(cause) },
  );
  return Object.assign(error, { storageFailure: failure });
}

// Clients add the command to their errors: events, users, a payload, and all of that in a log.
function withoutCommand(error: unknown): Error {
  const { name, message } = Object(error) as {
    readonly [field: string]: unknown;
  };
  const text = typeof message === "string" ? message : String(error);
  const copy = new Error(
    text.replace(/\/\/[^@/\s]*@/g, "//").slice(0, longestMessage),
  );
  return typeof name === "string" ? Object.assign(copy, { name }) : copy;
}

/** Whether Redis forgot a script, as it does when it restarts. */
export function isUnknownScript(error: unknown): boolean {
  return /^NOSCRIPT\b/.test(textsOf(error).message);
}

// Some clients put the word in front of a reply into a property of its own.
function textsOf(
  error: unknown,
): { readonly name: string; readonly message: string } {
  const { name, message, code } = Object(error) as {
    readonly [field: string]: unknown;
  };
  const text = typeof message === "string" ? message : String(error);
  return {
    name: `${typeof name === "string" ? name : ""} ${
      typeof code === "string" ? code : ""
    }`,
    message: text.replace(
      /^(?:-|ERR Error running script[^:]*: -?|ReplyError: )/,
      "",
    ),
  };
}
