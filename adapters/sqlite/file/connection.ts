import type { DatabaseSync, StatementSync } from "node:sqlite";
import { monotonicTime, systemClock } from "../../support/clock.ts";
import { createFile } from "./create_file.ts";
import { createFileGuard, type FileGuard } from "./file_guard.ts";
import { logVersion, migrate } from "./migrate.ts";
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

// What an event takes in the file, of which the last part is what its row and its place in the index of
// ids take beside their texts: 53 bytes on average where ids are UUIDs of version 7, more where they are
// in no order. Payloads that are written once for their digest are not part of it.
const eventSize =
  "(octet_length(data) + octet_length(type) + ifnull(octet_length(user), 0) + ifnull(octet_length(payload), 0) + 2 * octet_length(id) + 60)";

const queries = {
  last: "SELECT seq AS value FROM sqlite_sequence WHERE name = 'events'",
  first: "SELECT min(position) AS value FROM events",
  insert:
    "INSERT INTO events (position, id, time, type, version, data, user, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  find: "SELECT position AS value FROM events WHERE id = ?",
  hasPruned: "SELECT 1 FROM pruned LIMIT 1",
  findPruned: "SELECT position AS value FROM pruned WHERE id = ?",
  read:
    "SELECT position, id, time, type, version, data, user, payload FROM events WHERE position > ? ORDER BY position LIMIT ?",
  checkpoint: "SELECT position AS value FROM checkpoints WHERE consumer = ?",
  checkpoints: "SELECT consumer, position FROM checkpoints ORDER BY consumer",
  firstCommit:
    "INSERT INTO checkpoints (consumer, position) VALUES (?, ?) ON CONFLICT (consumer) DO UPDATE SET position = excluded.position WHERE position = 0",
  commit:
    "UPDATE checkpoints SET position = ? WHERE consumer = ? AND position = ?",
  passOver: "UPDATE checkpoints SET position = ? WHERE position < ?",
  remember:
    "INSERT OR IGNORE INTO pruned (id, position) SELECT id, position FROM events WHERE position > ? AND position <= ?",
  remove: "DELETE FROM events WHERE position <= ?",
  forget: "DELETE FROM pruned WHERE position <= ?",
  chunkEnd:
    "SELECT max(position) AS value FROM (SELECT position FROM events WHERE position <= ? ORDER BY position LIMIT ?)",
  logTime:
    "SELECT time, wall, claimed, claimed_at AS claimedAt FROM log_time WHERE id = 1",
  saveLogTime:
    "INSERT OR REPLACE INTO log_time (id, time, wall, claimed, claimed_at) VALUES (1, ?, ?, ?, ?)",
  saveAge: "INSERT OR REPLACE INTO ages (position, time) VALUES (?, ?)",
  oldestAge: "SELECT position, time FROM ages ORDER BY position LIMIT 1",
  newestAge: "SELECT position, time FROM ages ORDER BY position DESC LIMIT 1",
  positionAt: "SELECT max(position) AS value FROM ages WHERE time <= ?",
  forgetAges: "DELETE FROM ages WHERE position <= ?",
  bytes:
    `SELECT sum(${eventSize}) AS value FROM events WHERE position BETWEEN ? AND ?` as string,
  firstWithin:
    `SELECT min(position) AS value FROM (SELECT position, sum(${eventSize}) OVER (ORDER BY position DESC) AS bytes FROM events WHERE position BETWEEN ? AND ?) WHERE bytes <= ?` as string,
  savePayload:
    "INSERT INTO payloads (digest, payload, position) VALUES (?, ?, ?) ON CONFLICT (digest) DO UPDATE SET position = excluded.position WHERE payload = excluded.payload",
  payload: "SELECT payload FROM payloads WHERE digest = ?",
  removePayloads:
    "DELETE FROM payloads WHERE position <= ? AND digest NOT IN (SELECT digest FROM payloads ORDER BY position DESC LIMIT 100)",
  saveSnapshot:
    "INSERT INTO snapshots (name, version, position, state) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET position = excluded.position, state = excluded.state WHERE position < excluded.position",
  loadSnapshot:
    "SELECT position, state FROM snapshots WHERE name = ? AND version = ?",
  clearSnapshots: "DELETE FROM snapshots",
  dataVersion: "SELECT data_version AS value FROM pragma_data_version()",
} as const;

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
