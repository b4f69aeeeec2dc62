import type { Connection } from "../file/connection.ts";
import { readNumber } from "../file/read_number.ts";

/** Knows how many bytes the events of a log take. */
export interface EventMeasure {
  /**
   * Measures what is new since it was asked last, and some of what was there before. Gives the last
   * position to remove so that the newest events are left that take `target` bytes at most, where all
   * of them take more than `limit`; null where they don't.
   */
  readonly end: (
    connection: Connection,
    held: { readonly first: number; readonly last: number },
    bound: { readonly limit: number; readonly target: number },
  ) => number | null;
  /** Whether some events are not measured yet. */
  readonly isPartial: () => boolean;
}

/** Some events in a row, and what they take. */
interface Run {
  readonly first: number;
  readonly last: number;
  readonly bytes: number;
}

/** How many events are added up at a time. */
const runLength = 1000;

/** How many runs of a log that was there before are measured at once, which takes some milliseconds. */
const budget = 20;

/**
 * Creates what measures the events of a log, those of each position once, since to add up a whole log
 * takes a second for two million events. It starts at the newest, so that what doesn't fit is known
 * without measuring it.
 */
export function measureEvents(): EventMeasure {
  // Oldest first, and without gaps.
  let runs: readonly Run[] = [];
  let partial = false;

  function refresh(
    connection: Connection,
    first: number,
    last: number,
    limit: number,
  ): void {
    // Another file in its place has other events, and what others appended may be too much at once.
    const added = last - (runs.at(-1)?.last ?? last);
    if (added < 0 || added > budget * runLength) runs = [];
    runs = runs.filter((run) => run.last >= first);
    const [oldest, ...others] = runs;
    if (oldest !== undefined && oldest.first < first) {
      runs = [measure(connection, first, oldest.last), ...others];
    }
    const newer: Run[] = [];
    for (let next = (runs.at(-1)?.last ?? last) + 1; next <= last;) {
      const run = measure(
        connection,
        next,
        Math.min(next + runLength - 1, last),
      );
      newer.push(run);
      next = run.last + 1;
    }
    runs = [...runs, ...newer];
    const older: Run[] = [];
    let bytes = sum(runs);
    let end = runs[0] === undefined ? last : runs[0].first - 1;
    while (end >= first && bytes <= limit && older.length < budget) {
      const run = measure(
        connection,
        Math.max(first, end - runLength + 1),
        end,
      );
      older.push(run);
      bytes += run.bytes;
      end = run.first - 1;
    }
    runs = [...older.reverse(), ...runs];
    partial = end >= first && bytes <= limit;
  }

  return {
    end: (connection, { first, last }, { limit, target }) => {
      refresh(connection, first, last, limit);
      if (sum(runs) <= limit) return null;
      let left = target;
      for (const run of runs.toReversed()) {
        if (run.bytes > left) {
          const kept = connection.statements.firstWithin.get(
            run.first,
            run.last,
            left,
          );
          return (readNumber(kept) || run.last + 1) - 1;
        }
        left -= run.bytes;
      }
      return null;
    },
    isPartial: () => partial,
  };
}

function measure(
  { statements }: Connection,
  first: number,
  last: number,
): Run {
  return { first, last, bytes: readNumber(statements.bytes.get(first, last)) };
}

function sum(runs: readonly Run[]): number {
  return runs.reduce((total, { bytes }) => total + bytes, 0);
}
