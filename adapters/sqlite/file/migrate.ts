import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "./in_transaction.ts";
import { readPragma } from "./read_number.ts";

/** Marks a file as an event log of ours: "grow", as SQLite's `application_id`. */
const applicationId = 0x67726f77;

// Each brings a file from the version that is its index to the next. They are never edited.
const migrations: readonly string[] = [
  `
CREATE TABLE events (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  time REAL NOT NULL,
  type TEXT NOT NULL,
  version INTEGER NOT NULL,
  data TEXT NOT NULL,
  user TEXT,
  payload TEXT
) STRICT;
CREATE TABLE pruned (id TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE payloads (digest TEXT PRIMARY KEY, payload TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
CREATE TABLE checkpoints (consumer TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE snapshots (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  position INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
`,
  // A snapshot of a new version has to leave that of the one before, which may know of pruned events.
  `
CREATE TABLE snapshots_by_version (
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  position INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (name, version)
) STRICT;
INSERT INTO snapshots_by_version SELECT name, version, position, state FROM snapshots;
DROP TABLE snapshots;
ALTER TABLE snapshots_by_version RENAME TO snapshots;
`,
  // What retention goes by: how old the log is, and up to which position it went when.
  `
CREATE TABLE log_time (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  time REAL NOT NULL,
  wall REAL NOT NULL,
  claimed REAL NOT NULL,
  claimed_at REAL NOT NULL
) STRICT;
CREATE TABLE ages (position INTEGER PRIMARY KEY, time REAL NOT NULL) STRICT;
`,
  // Lanes with owners, exposures that are kept once, and what consumers could not take.
  `
ALTER TABLE events ADD COLUMN lane INTEGER;
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
INSERT INTO consumers (name, lane, position, unsettled) SELECT consumer, '', position, '[]' FROM checkpoints;
DROP TABLE checkpoints;
CREATE TABLE marks (
  position INTEGER PRIMARY KEY,
  time REAL NOT NULL,
  until REAL NOT NULL,
  user INTEGER NOT NULL,
  shown INTEGER NOT NULL,
  UNIQUE (user, shown)
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
