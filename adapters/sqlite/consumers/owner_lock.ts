import type { DatabaseSync } from "node:sqlite";
import { builtIn } from "../../support/built_in.ts";
import { fileIdentity } from "../../support/file_identity.ts";
import { sqliteModule } from "../file/sqlite_module.ts";
import { storageFailure } from "../storage_failure.ts";

/**
 * What says that the owners of a store are alive: an exclusive lock of SQLite's on a file of their own
 * beside the log. The system gives it back when the process ends, however that happens, and keeps it
 * while the process is frozen. Nothing is written, and no clock is asked.
 */
export interface OwnerLock {
  /** The name of the lock, under which others look it up. */
  readonly holder: string;
  /** Whether the lock is held, and its file is still where others look. */
  readonly isHeld: () => boolean;
  /** Gives the lock back, and removes its file. */
  readonly release: () => void;
}

/** How often a lock is tried whose file another process took for one that was left behind. */
const attempts = 10;

/** Takes a new lock beside the log at `path`. Throws where the folder can't be written. */
export function takeOwnerLock(path: string): OwnerLock {
  for (let attempt = 1;; attempt++) {
    const holder = crypto.randomUUID();
    const file = lockFile(path, holder);
    builtIn("node:fs").closeSync(
      builtIn("node:fs").openSync(file, "wx", 0o600),
    );
    const identity = fileIdentity(file);
    const database = tryLock(file);
    const isHeld = () => fileIdentity(file) === identity;
    if (database !== null && isHeld()) {
      return { holder, isHeld, release: () => letGo(database, file) };
    }
    database?.close();
    if (attempt === attempts) {
      throw new Error(
        "database is locked: the lock of an owner can't be taken",
      );
    }
  }
}

/**
 * Tells whether the holder of a lock is alive. The file of one that isn't is removed. Where that
 * can't be known, as where the file can't be opened, it counts as alive.
 */
export function isHolderAlive(path: string, holder: string): boolean {
  const file = lockFile(path, holder);
  if (fileIdentity(file) === null) return false;
  try {
    const database = tryLock(file);
    if (database === null) return true;
    letGo(database, file);
    return false;
  } catch {
    return true;
  }
}

/** Removes the files of locks that were left behind beside the log at `path`. */
export function removeDeadLocks(path: string): void {
  const { readdirSync } = builtIn("node:fs");
  const { basename, dirname } = builtIn("node:path");
  const start = basename(lockFile(path, ""));
  for (const name of readdirSync(dirname(path))) {
    const holder = name.slice(start.length);
    if (name.startsWith(start) && /^[\da-f-]{36}$/.test(holder)) {
      isHolderAlive(path, holder);
    }
  }
}

function lockFile(path: string, holder: string): string {
  return `${path}-owner-${holder}`;
}

// Null where another process has it.
function tryLock(file: string): DatabaseSync | null {
  const { DatabaseSync } = sqliteModule();
  const database = new DatabaseSync(file);
  try {
    database.exec("PRAGMA busy_timeout = 0");
    // Else there is a journal beside the file, though nothing is ever written.
    database.exec("PRAGMA journal_mode = MEMORY");
    database.exec("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database.close();
    if (storageFailure(error).code === "locked") return null;
    throw error;
  }
}

function letGo(database: DatabaseSync, file: string): void {
  const { rmSync } = builtIn("node:fs");
  // Where it can be, it is removed while it is locked, so that no process takes it in between.
  const remove = () => rmSync(file, { force: true });
  try {
    remove();
    database.close();
  } catch {
    database.close();
    remove();
  }
}
