import type { Connection } from "../file/connection.ts";
import { readNumber } from "../file/read_number.ts";
import type { MarkColumns } from "./mark_columns.ts";
import { createSegmentList, type Segment } from "./segment_list.ts";

/** The rows of the table of marks, each of which holds many that came after each other. */
export interface MarkSegments {
  /** The number of the newest row that ever was there; 0 for none. */
  readonly newest: () => number;
  /** How many marks are in no row yet. */
  readonly behind: () => number;
  /**
   * Reads the rows that are new, in the place of what is in no row, and forgets those that others
   * removed. `last` is the number of the newest row that ever was there.
   */
  readonly read: (statements: Connection["statements"], last: number) => void;
  /** Writes rows with what is in none; `until` is when the last of it is over. */
  readonly add: (statements: Connection["statements"], until: number) => void;
  /** Removes the oldest rows that are over by `now`, or too many for `capacity` marks. */
  readonly forget: (
    statements: Connection["statements"],
    now: number,
    capacity: number,
  ) => void;
  /** Notes that a mark was removed. */
  readonly touch: (index: number) => void;
  /** Writes the rows anew from which marks were removed, and tells whether there were some. */
  readonly rewrite: (statements: Connection["statements"]) => boolean;
}

interface Row extends Omit<Segment, "count"> {
  readonly body: Uint8Array;
}

/**
 * Creates what keeps the marks of some columns in rows, of `most` marks each at most. A row that is
 * smaller than what comes after it is joined with that, so that there are few.
 */
export function createMarkSegments(
  columns: MarkColumns,
  most: number,
): MarkSegments {
  const list = createSegmentList();
  const touched = new Set<number>();

  function read(statements: Connection["statements"], last: number): void {
    columns.truncate(list.count());
    const next = () =>
      statements.marksAfter.get(list.newest()) as unknown as Row | undefined;
    for (let row = next(); row !== undefined; row = next()) {
      const { id, replaces, until, body } = row;
      list.takeFrom(replaces);
      columns.truncate(list.count());
      columns.read(body);
      const count = columns.length() - list.count();
      list.push({ id, replaces, count, until });
    }
    // The newest rows may be gone as well.
    list.note(last);
    const oldest = statements.oldestMarks.get(list.newest() + 1);
    columns.drop(list.takeBefore(readNumber(oldest)));
  }

  function add(statements: Connection["statements"], until: number): void {
    const end = columns.length();
    const added = end - list.count();
    if (added === 0) return;
    const joined = list.takeSmaller(added, most);
    const latest = Math.max(until, ...joined.map((each) => each.until));
    let replaces = joined[0]?.replaces ?? list.newest() + 1;
    statements.removeMarksFrom.run(replaces);
    const step = Math.max(1, Math.floor(most));
    for (let from = list.count(); from < end; from += step) {
      const to = Math.min(end, from + step);
      const { lastInsertRowid } = statements.saveMarks.run(
        replaces,
        latest,
        columns.write(from, to),
      );
      const id = Number(lastInsertRowid);
      list.push({ id, replaces, count: to - from, until: latest });
      replaces = id + 1;
    }
  }

  function rewrite(statements: Connection["statements"]): boolean {
    const indexes = [...touched];
    let from = 0;
    for (const { id, count } of list.all()) {
      const to = from + count;
      const isTouched = indexes.some((index) => index >= from && index < to);
      if (isTouched) {
        statements.rewriteMarks.run(columns.write(from, to), id);
      }
      from = to;
    }
    touched.clear();
    return indexes.length > 0;
  }

  return {
    newest: list.newest,
    behind: () => columns.length() - list.count(),
    read,
    add,
    forget: (statements, now, capacity) => {
      const { through, marks } = list.takeOld(now, capacity);
      if (through > 0) statements.removeMarksThrough.run(through);
      columns.drop(marks);
    },
    touch: (index) => touched.add(index),
    rewrite,
  };
}
