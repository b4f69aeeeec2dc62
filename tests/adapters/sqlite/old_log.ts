import { DatabaseSync } from "node:sqlite";

/** Creates a log as the first version of its layout had it, with custom events in it. */
export function createOldLog(path: string, count: number): void {
  const database = new DatabaseSync(path);
  database.exec(`
PRAGMA journal_mode = WAL;
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
PRAGMA user_version = 1;
PRAGMA application_id = ${0x67726f77};
BEGIN`);
  const insert = database.prepare(
    "INSERT INTO events (id, time, type, version, data) VALUES (?, 0, 'custom', 1, ?)",
  );
  for (let index = 0; index < count; index++) {
    const data = { name: "old", properties: { index, text: "x".repeat(100) } };
    insert.run(`old-${index}`, JSON.stringify(data));
  }
  database.exec(
    "INSERT INTO checkpoints VALUES ('reader', 5); COMMIT",
  );
  database.close();
}
