import { builtIn } from "../../support/built_in.ts";
import { fileIdentity } from "../../support/file_identity.ts";

/**
 * Creates the empty file of a log, which only its owner may read and write (mode 600, less what the
 * umask takes); SQLite gives the files beside it the same mode. A file that is there is left as it is,
 * and so is its mode.
 *
 * What another log left beside it that was deleted or moved away is removed: SQLite would take its
 * changes, or its locks, for those of the new one.
 *
 * Never throws: where the file can't be created, SQLite says why.
 */
export function createFile(path: string): void {
  if (fileIdentity(path) !== null) return;
  try {
    const { closeSync, openSync, rmSync } = builtIn("node:fs");
    for (const part of ["-wal", "-shm"]) rmSync(path + part, { force: true });
    // The file is new, so closing it takes no process's lock on it away.
    closeSync(openSync(path, "wx", 0o600));
  } catch {
    // It may also be that another process was faster.
  }
}
