import type { DatabaseSync } from "node:sqlite";
import { fileIdentity } from "../../support/file_identity.ts";

/** Notices that the file behind a connection is no longer the one at its path. */
export interface FileGuard {
  /** Where the file is; empty for a log in memory. */
  readonly path: string;
  /**
   * Throws where the file, or the log of changes beside it (`-wal`, `-shm`), was deleted, moved or
   * replaced since it was opened: what is written then is lost, although SQLite takes it.
   */
  readonly check: () => void;
  /** Whether the path leads to another file by now, or to none. */
  readonly isReplaced: () => boolean;
}

/** What the cause of an error says where the file is gone; `storageFailure` knows it. */
const goneMessage =
  "the file of the event log was deleted, moved or replaced while it was open";

/** How long the shared memory beside a file may be gone before that is noticed, in milliseconds. */
const lookInterval = 100;

/**
 * Creates the guard of a connection that has just been opened. `time` tells how many milliseconds have
 * passed. A check takes some 10 µs.
 */
export function createFileGuard(
  database: DatabaseSync,
  time: () => number,
): FileGuard {
  const path = filePath(database);
  if (path === "") return { path, check: () => {}, isReplaced: () => false };
  const identity = fileIdentity(path);
  const changes = fileIdentity(`${path}-wal`);
  const shared = fileIdentity(`${path}-shm`);
  let lookedAt = time();
  const isReplaced = () => fileIdentity(path) !== identity;
  return {
    path,
    isReplaced,
    check: () => {
      let isThere = !isReplaced() &&
        (changes === null || fileIdentity(`${path}-wal`) === changes);
      // Without the shared memory nothing is lost yet, so that is looked at less often.
      if (time() - lookedAt >= lookInterval) {
        lookedAt = time();
        isThere &&= shared === null || fileIdentity(`${path}-shm`) === shared;
      }
      if (!isThere) throw new Error(goneMessage);
    },
  };
}

// SQLite gives it absolute, so it stays what it is where the working directory changes.
function filePath(database: DatabaseSync): string {
  const row = database.prepare(
    "SELECT file AS value FROM pragma_database_list WHERE name = 'main'",
  ).get() as { readonly value: string | null } | undefined;
  return row?.value ?? "";
}
