import type { Connection } from "../file/connection.ts";
import { readNumber } from "../file/read_number.ts";
import type { MarkColumns } from "./mark_columns.ts";

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

interface Segment {
  readonly id: number;
  /** The number of the oldest row whose marks it has; its own where it took the place of none. */
  readonly replaces: number;
  readonly count: number;
  /** When the last of its marks is over. */
  readonly until: number;
}

interface Row extends Omit<Segment, "count"> {
  readonly body: Uint8Array;
}

/**
 * Creates what keeps the marks of some columns in rows, of `most` marks each at most. A row that is
 * smaller than what comes after it is joined with that, so that there are few. Rows are numbered, and
 * no number comes twice.
 */
export function createMarkSegments(
  columns: MarkColumns,
  most: number,
): MarkSegments {
  const segments: Segment[] = [];
  const touched = new Set<number>();
  let newest = 0;
  // How many marks are in rows.
  let count = 0;

  function push(segment: Segment): void {
    segments.push(segment);
    count += segment.count;
    newest = segment.id;
  }

  function pop(): Segment {
    const segment = segments.pop()!;
    count -= segment.count;
    return segment;
  }

  // Takes away so many of the oldest.
  function shift(gone: number): void {
    const marks = segments.splice(0, gone)
      .reduce((sum, segment) => sum + segment.count, 0);
    columns.drop(marks);
    count -= marks;
  }

  function read(statements: Connection["statements"], last: number): void {
    columns.truncate(count);
    const next = () =>
      statements.marksAfter.get(newest) as unknown as Row | undefined;
    for (let row = next(); row !== undefined; row = next()) {
      const { id, replaces, until, body } = row;
      while (segments.length > 0 && segments.at(-1)!.id >= replaces) pop();
      columns.truncate(count);
      columns.read(body);
      push({ id, replaces, count: columns.length() - count, until });
    }
    // The newest rows may be gone as well.
    newest = Math.max(newest, last);
    const oldest = readNumber(statements.oldestMarks.get(newest + 1));
    const left = segments.findIndex(({ id }) => id >= oldest);
    shift(left < 0 ? segments.length : left);
  }

  function add(statements: Connection["statements"], until: number): void {
    const end = columns.length();
    if (end === count) return;
    let replaces = newest + 1;
    let latest = until;
    for (let last = segments.at(-1); last; last = segments.at(-1)) {
      const added = end - count;
      if (last.count > added || last.count + added > most) break;
      pop();
      replaces = last.replaces;
      latest = Math.max(latest, last.until);
    }
    statements.removeMarksFrom.run(replaces);
    const step = Math.max(1, Math.floor(most));
    for (let from = count; from < end; from += step) {
      const to = Math.min(end, from + step);
      const { lastInsertRowid } = statements.saveMarks.run(
        replaces,
        latest,
        columns.write(from, to),
      );
      const id = Number(lastInsertRowid);
      push({ id, replaces, count: to - from, until: latest });
      replaces = id + 1;
    }
  }

  function forget(
    statements: Connection["statements"],
    now: number,
    capacity: number,
  ): void {
    let gone = 0;
    let dropped = 0;
    for (const { until, count: marks } of segments) {
      if (until > now && count - dropped <= capacity) break;
      dropped += marks;
      gone++;
    }
    if (gone === 0) return;
    statements.removeMarksThrough.run(segments[gone - 1]!.id);
    shift(gone);
  }

  function rewrite(statements: Connection["statements"]): boolean {
    const indexes = [...touched];
    let from = 0;
    for (const { id, count: marks } of segments) {
      const to = from + marks;
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
    newest: () => newest,
    behind: () => columns.length() - count,
    read,
    add,
    forget,
    touch: (index) => touched.add(index),
    rewrite,
  };
}
