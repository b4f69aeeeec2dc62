import type { DatabaseSync, StatementSync } from "node:sqlite";
import { monotonicTime, systemClock } from "../../support/time/clock.ts";
import { createFile } from "./create_file.ts";
import { createFileGuard, type FileGuard } from "./file_guard.ts";
import { logVersion, migrate } from "./migrate.ts";
import { queries } from "./queries.ts";
import { sqliteModule } from "./sqlite_module.ts";

/** An open file with its prepared statements. */
export interface Connection {
  /** The database. */
  readonly database: DatabaseSync;
  /** The statements, by what they do. Each is prepared when it is first needed. */
  readonly statements: Statements;
  /** Notices that the file is gone. */
  readonly guard: FileGuard;
}

type Statements = {
  readonly [Name in keyof typeof queries]: StatementSync;
};

/** How to open a file. */
export interface ConnectionOptions {
  readonly path: string;
  readonly powerSafe?: boolean;
  readonly readOnly?: boolean;
  /** Tells how many milliseconds have passed; by the runtime's clock by default. */
  readonly time?: () => number;
}

/**
 * Opens a file, which is created where it isn't there, and brings it to the current version. Throws
 * what SQLite throws, and leaves nothing open then.
 */
export function openConnection(
  {
    path,
    powerSafe = false,
    readOnly = false,
    time = monotonicTime(systemClock),
  }: ConnectionOptions,
): Connection {
  const { DatabaseSync } = sqliteModule();
  if (!readOnly && !isInMemory(path)) createFile(path);
  const database = new DatabaseSync(path, { readOnly });
  try {
    // SQLite waits by sleeping, which stops the whole program: so it hardly does.
    database.exec("PRAGMA busy_timeout = 2");
    // What is no log of ours is left alone: changing the journal would already write to it.
    const version = logVersion(database);
    if (!readOnly) {
      // Has an effect on a new file alone, and only before anything is written to it.
      if (version === 0) database.exec("PRAGMA auto_vacuum = INCREMENTAL");
      database.exec("PRAGMA journal_mode = WAL");
      database.exec("PRAGMA journal_size_limit = 16777216");
      // As many bytes: to write them to the file, the program waits for the disk.
      database.exec("PRAGMA wal_autocheckpoint = 4000");
      // What is removed is overwritten wherever its page is written anyway; see eraseEvents().
      database.exec("PRAGMA secure_delete = FAST");
      database.exec(`PRAGMA synchronous = ${powerSafe ? "FULL" : "NORMAL"}`);
    }
    migrate(database, version, readOnly);
    return {
      database,
      statements: prepareLazily(database),
      guard: createFileGuard(database, time),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Whether a path stands for a log in memory, which goes with its connection. */
export function isInMemory(path: string): boolean {
  return path === ":memory:" || path === "";
}

function prepareLazily(database: DatabaseSync): Statements {
  const statements = {};
  for (const [name, query] of Object.entries(queries)) {
    Object.defineProperty(statements, name, {
      configurable: true,
      get: () => {
        const value = database.prepare(query);
        Object.defineProperty(statements, name, { value });
        return value;
      },
    });
  }
  return statements as Statements;
}
