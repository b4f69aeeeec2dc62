import type { DatabaseSync } from "node:sqlite";

/** Reads the column `value` of a row as a number; 0 where there is no row, or it is null. */
export function readNumber(row: unknown): number {
  return (row as { readonly value: number | null } | undefined)?.value ?? 0;
}

/** Reads a pragma of a database that is a number. */
export function readPragma(database: DatabaseSync, name: string): number {
  return readNumber(
    database.prepare(`SELECT ${name} AS value FROM pragma_${name}()`).get(),
  );
}
