/** What can be wrong with a store. */
export const storageCodes = [
  "open",
  "full",
  "read-only",
  "locked",
  "corrupt",
  "newer",
  "missing",
  "unsupported",
  "unreachable",
  "denied",
  "failed",
] as const;

/** What is wrong with a store; see {@linkcode storageCodes}. */
export type StorageCode = typeof storageCodes[number];

/** Why a store can't be used. */
export interface StorageFailure {
  /** What is wrong. */
  readonly code: StorageCode;
  /** The same for people; no path and no data. */
  readonly message: string;
}

// SQLite's primary result codes, and its own words for them, which are all that Deno gives.
const failures: readonly {
  readonly code: StorageCode;
  readonly results: readonly number[];
  readonly words: RegExp;
  readonly message: string;
}[] = [
  {
    code: "full",
    results: [13],
    words: /database or disk is full/,
    message: "the disk is full",
  },
  {
    code: "read-only",
    results: [8],
    words: /readonly database/,
    message: "the file or its folder can only be read",
  },
  {
    code: "locked",
    results: [5, 6],
    words: /is locked/,
    message: "another process has locked the file",
  },
  {
    code: "corrupt",
    results: [11, 26],
    words: /not a database|malformed|another program's database/,
    message: "the file is damaged, or no event log",
  },
  {
    code: "newer",
    results: [],
    words: /current version of the file/,
    message: "the file is of a later version than this code",
  },
  {
    code: "missing",
    results: [],
    words: /deleted, moved or replaced/,
    message: "the file was deleted, moved or replaced while it was open",
  },
  {
    code: "unsupported",
    results: [],
    words: /has no module "node:sqlite"/,
    message:
      "the runtime has no node:sqlite, which Deno 2.2, Node 22.13 and Bun 1.4 have",
  },
  {
    code: "open",
    results: [14],
    words: /unable to open/,
    message:
      "the file can't be opened: is its folder there, and may it be written to?",
  },
  {
    code: "denied",
    results: [],
    words: /^Requires \w+ access/,
    message: "Deno runs without --allow-read or --allow-write for the file",
  },
];

/**
 * Tells what is wrong with a store from the error that it gave: by the error's own `storageFailure`
 * where a store says it itself, by SQLite's result code where there is one, by its words otherwise. What
 * is neither known is `failed`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { code, message } = storageFailure(new Error("database or disk is full"));
 * assertEquals([code, message], ["full", "the disk is full"]);
 * ```
 */
export function storageFailure(error: unknown): StorageFailure {
  const own = ownFailure(error);
  if (own !== null) return own;
  const cause = error instanceof Error && error.cause instanceof Error
    ? error.cause
    : error;
  const result = resultCode(cause);
  const words = cause instanceof Error ? cause.message : "";
  const known =
    failures.find((failure) =>
      result === null
        ? failure.words.test(words)
        : failure.results.includes(result)
    ) ?? failures.find((failure) => failure.words.test(words));
  return known === undefined
    ? { code: "failed", message: "the store failed" }
    : { code: known.code, message: known.message };
}

function ownFailure(error: unknown): StorageFailure | null {
  if (!(error instanceof Error)) return null;
  const { storageFailure: own } = error as {
    readonly storageFailure?: Partial<StorageFailure>;
  };
  const { code, message } = Object(own) as Partial<StorageFailure>;
  const isKnown = code !== undefined && storageCodes.includes(code);
  return isKnown && typeof message === "string" ? { code, message } : null;
}

// Extended result codes have the primary one in their lowest byte.
function resultCode(error: unknown): number | null {
  const code = (error as { readonly errcode?: unknown } | null)?.errcode;
  return typeof code === "number" ? code & 0xff : null;
}
