import { readLogEnd } from "../blocks/block_writer.ts";
import type { Connection } from "../file/connection.ts";
import type { Marks } from "./create_marks.ts";
import { inMarkedTransaction } from "./in_marked_transaction.ts";

/** Puts the marks that are in blocks alone into their table, in one transaction. */
export function settleAll(
  connection: Connection,
  marks: Marks,
  now: number,
): void {
  inMarkedTransaction(
    connection.database,
    marks,
    () => settleMarks(connection, marks, now),
  );
}

/** Does the same within a transaction that has begun. */
export function settleMarks(
  connection: Connection,
  marks: Marks,
  now: number,
): void {
  const { last } = readLogEnd(connection.statements);
  marks.open(connection, last);
  marks.settleThrough(now, last);
}
