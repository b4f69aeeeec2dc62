import type { Connection } from "../file/connection.ts";
import { readNumber } from "../file/read_number.ts";

/** How many marks go in one step. */
const chunk = 5000;

/**
 * Creates what keeps the marks of a log bounded: called after each append with the number of events, it
 * removes some of the oldest that are over, and of those that are too many.
 */
export function createForgetting(
  capacity: number,
): (connection: Connection, added: number, now: number) => void {
  let known: { readonly connection: Connection; count: number } | null = null;
  let left = 0;
  return (connection, added, now) => {
    const { statements } = connection;
    if (readNumber(statements.oldestMark.get()) < now) {
      statements.forgetOldMarks.run(2 * added + 2, now);
    }
    left -= added;
    if (known?.connection !== connection || left <= 0) {
      // Others add marks too, and counting takes some milliseconds for a million.
      known = { connection, count: readNumber(statements.countMarks.get()) };
      left = Math.max(100, capacity / 10);
    }
    known.count += added;
    if (known.count <= capacity) return;
    const excess = known.count - Math.floor(0.9 * capacity);
    const { changes } = statements.forgetMarks.run(Math.min(excess, chunk));
    known.count -= Number(changes);
  };
}
