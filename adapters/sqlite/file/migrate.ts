import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "./in_transaction.ts";
import { readPragma } from "./read_number.ts";

/** Marks a file as an event log of ours: "grow", as SQLite's `application_id`. */
const applicationId = 0x67726f77;

// Each brings a file from the version that is its index to the next. They are never edited.
const migrations: readonly string[] = [
  // Events are written in blocks; see block.ts. `low` and `top` are ids: the first of those in order, and
  // the largest so far. `bytes` is what all blocks take up to this one. With an `age`, its exposures are
  // marked at `time`; the table of marks has those of all blocks up to the position that is settled, many
  // in a row, which took the place of those from `replaces` on. `newest` is the last of its rows, and
  // `removals` how often marks left rows that stay. The newest row of what was pruned stays: it says where
  // a log ends that has no events.
  `
CREATE TABLE blocks (
  last INTEGER PRIMARY KEY,
  first INTEGER NOT NULL,
  lane INTEGER,
  low TEXT,
  top TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  age REAL NOT NULL,
  time REAL NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX blocks_low ON blocks (low) WHERE low IS NOT NULL;
CREATE TABLE late_ids (id TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX late_ids_position ON late_ids (position);
CREATE TABLE pruned (
  last INTEGER PRIMARY KEY,
  low TEXT,
  top TEXT NOT NULL,
  ids TEXT NOT NULL
) STRICT;
CREATE INDEX pruned_low ON pruned (low) WHERE low IS NOT NULL;
CREATE TABLE lanes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  last INTEGER NOT NULL
) STRICT;
CREATE TABLE consumers (
  name TEXT NOT NULL,
  lane TEXT NOT NULL,
  position INTEGER NOT NULL,
  unsettled TEXT NOT NULL,
  owner TEXT,
  holder TEXT,
  PRIMARY KEY (name, lane)
) STRICT, WITHOUT ROWID;
CREATE TABLE marks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  replaces INTEGER NOT NULL,
  until REAL NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE TABLE settled (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  position INTEGER NOT NULL,
  newest INTEGER NOT NULL,
  removals INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE parked (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  id TEXT NOT NULL,
  event TEXT NOT NULL,
  reason TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  message TEXT NOT NULL,
  time REAL NOT NULL,
  due INTEGER NOT NULL,
  size INTEGER NOT NULL,
  UNIQUE (name, id)
) STRICT;
CREATE INDEX parked_due ON parked (due) WHERE due = 1;
CREATE TABLE payloads (digest TEXT PRIMARY KEY, payload TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
CREATE TABLE snapshots (
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  position INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (name, version)
) STRICT;
CREATE TABLE log_time (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  time REAL NOT NULL,
  wall REAL NOT NULL,
  claimed REAL NOT NULL,
  claimed_at REAL NOT NULL
) STRICT;
CREATE TABLE ages (position INTEGER PRIMARY KEY, time REAL NOT NULL) STRICT;
`,
];

/**
 * Gives the version of a log, 0 for a new file. Throws where it is of a later version than this code
 * knows, or another program's database, whatever version that gives itself.
 */
export function logVersion(database: DatabaseSync): number {
  const isOurs = readPragma(database, "application_id") === applicationId;
  if (!isOurs && hasTables(database)) {
    throw new TypeError(
      "Cannot open the event log: the file is another program's database",
    );
  }
  const version = isOurs ? readPragma(database, "user_version") : 0;
  if (version <= migrations.length) return version;
  throw new RangeError(
    `Cannot open the event log: the current version of the file is ${version}, and this code reads up to ${migrations.length}`,
  );
}

/**
 * Brings a file to the current version, step by step and in one transaction. With `readOnly`, leaves an
 * older one as it is, which all that reads can deal with, and throws where it is no log yet.
 */
export function migrate(
  database: DatabaseSync,
  version: number,
  readOnly: boolean,
): void {
  if (version === migrations.length) return;
  if (readOnly && version > 0) return;
  if (readOnly) {
    throw new TypeError(
      "Cannot open the event log: the file is not a database of events yet",
    );
  }
  inTransaction(database, () => {
    // Another process may have been faster.
    for (const step of migrations.slice(logVersion(database))) {
      database.exec(step);
    }
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec(`PRAGMA application_id = ${applicationId}`);
  });
}

function hasTables(database: DatabaseSync): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema").get() !== undefined;
}
