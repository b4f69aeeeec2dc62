import type { DatabaseSync } from "node:sqlite";

/** Does some work in one transaction, which is undone where the work throws. */
export function inTransaction<Result>(
  database: DatabaseSync,
  work: () => Result,
): Result {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

// A full disk may have rolled it back already, and old versions of Node can't tell.
function rollBack(database: DatabaseSync): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // Then there is nothing to undo; the error that led here is the one to tell.
  }
}
