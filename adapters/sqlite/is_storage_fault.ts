import { storageFailure } from "./storage_failure.ts";

/**
 * Whether an error is the fault of the storage, be it the file, its disk or another process, rather
 * than of what it was asked for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isStorageFault(new Error("disk I/O error")), true);
 * assertEquals(isStorageFault(new Error("string or blob too big")), false);
 * ```
 */
export function isStorageFault(error: unknown): boolean {
  return storageFailure(error).code !== "failed" || words.test(textOf(error));
}

// What SQLite says of the results 7, 10 and 15, which have no code of their own here.
const words = /out of memory|disk I\/O error|locking protocol/;

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  return error.cause instanceof Error ? error.cause.message : error.message;
}
