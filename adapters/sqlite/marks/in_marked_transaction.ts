import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "../file/in_transaction.ts";
import type { Marks } from "./create_marks.ts";

/** Does some work in one transaction, with which what is in memory of marks is undone where it throws. */
export function inMarkedTransaction<Result>(
  database: DatabaseSync,
  marks: Marks | null,
  work: () => Result,
): Result {
  let isBegun = false;
  try {
    return inTransaction(database, () => {
      isBegun = true;
      return work();
    });
  } catch (error) {
    if (isBegun) marks?.reset();
    throw error;
  }
}
