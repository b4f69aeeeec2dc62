import { readLogEnd } from "../blocks/block_writer.ts";
import type { Connection } from "../file/connection.ts";
import type { Marks } from "../marks/create_marks.ts";

/** Puts the marks that are in blocks alone into their table, within a transaction that has begun. */
export function settleMarks(
  connection: Connection,
  marks: Marks,
  now: number,
): void {
  const { last } = readLogEnd(connection.statements);
  marks.open(connection, last);
  marks.settleThrough(now, last);
}
