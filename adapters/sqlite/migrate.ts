import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "./in_transaction.ts";

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
];

/**
 * Brings a file to the current version, step by step and in one transaction, or throws where it is
 * of a later version, or has tables but is no event log. With `readOnly`, throws where it isn't of
 * the current version already.
 */
export function migrate(database: DatabaseSync, readOnly: boolean): void {
  if (versionOf(database) === migrations.length) return;
  if (readOnly) throw new RangeError(describeVersion(database));
  inTransaction(database, () => {
    const version = versionOf(database);
    if (version > migrations.length) {
      throw new RangeError(describeVersion(database));
    }
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec(`PRAGMA application_id = ${applicationId}`);
  });
}

// Another program's database is not touched, whatever version it gives itself.
function versionOf(database: DatabaseSync): number {
  const isOurs = readNumber(database, "PRAGMA application_id") ===
    applicationId;
  if (isOurs) return readNumber(database, "PRAGMA user_version");
  if (readNumber(database, "SELECT count(*) FROM sqlite_schema") === 0) {
    return 0;
  }
  throw new TypeError(
    "Cannot open the event log: the file is another program's database",
  );
}

function describeVersion(database: DatabaseSync): string {
  const version = readNumber(database, "PRAGMA user_version");
  return `Cannot open the event log: the current version of the file is ${version}, and this code reads up to ${migrations.length}`;
}

function readNumber(database: DatabaseSync, query: string): number {
  return Number(Object.values(database.prepare(query).get() ?? {})[0]);
}
