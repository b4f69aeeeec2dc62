/** A row of the table of marks, without the marks. */
export interface Segment {
  /** Its number. Rows are numbered, and no number comes twice. */
  readonly id: number;
  /** The number of the oldest row whose marks it has; its own where it took the place of none. */
  readonly replaces: number;
  /** How many marks it has. */
  readonly count: number;
  /** When the last of its marks is over. */
  readonly until: number;
}

/** The rows of a table of marks, oldest first. What is taken is not in the list any more. */
export interface SegmentList {
  /** All rows. */
  readonly all: () => readonly Segment[];
  /** How many marks they have. */
  readonly count: () => number;
  /** The number of the newest row that ever was there; 0 for none. */
  readonly newest: () => number;
  /** Adds a row, which is the newest. */
  readonly push: (segment: Segment) => void;
  /** Notes the number of the newest row that ever was there. */
  readonly note: (newest: number) => void;
  /** Takes the rows from a number on. */
  readonly takeFrom: (id: number) => void;
  /** Takes the rows before a number, and gives how many marks they have. */
  readonly takeBefore: (id: number) => number;
  /**
   * Takes the newest rows that are to be joined with so many marks that come after them: those that have
   * no more marks than come after them, as long as they are `most` marks together at most.
   */
  readonly takeSmaller: (added: number, most: number) => readonly Segment[];
  /**
   * Takes the oldest rows that are over by `now`, or too many for `capacity` marks. Gives the number of the
   * last of them, 0 for none, and how many marks they have.
   */
  readonly takeOld: (
    now: number,
    capacity: number,
  ) => { readonly through: number; readonly marks: number };
}

/** Creates a list without rows. */
export function createSegmentList(): SegmentList {
  const segments: Segment[] = [];
  let newest = 0;
  let count = 0;

  function take(from: number, to: number): readonly Segment[] {
    const taken = segments.splice(from, to - from);
    count -= countMarks(taken);
    return taken;
  }

  // Takes those before the first one for which a test holds.
  function takeUntil(isFirst: (segment: Segment) => boolean) {
    const first = segments.findIndex(isFirst);
    return take(0, first < 0 ? segments.length : first);
  }

  return {
    all: () => segments,
    count: () => count,
    newest: () => newest,
    push: (segment) => {
      segments.push(segment);
      count += segment.count;
      newest = segment.id;
    },
    note: (id) => {
      newest = Math.max(newest, id);
    },
    takeFrom: (id) => {
      take(segments.findLastIndex((each) => each.id < id) + 1, Infinity);
    },
    takeBefore: (id) => countMarks(takeUntil((each) => each.id >= id)),
    takeSmaller: (added, most) => {
      let marks = added;
      const last = segments.findLastIndex((each) => {
        if (each.count > marks || each.count + marks > most) return true;
        marks += each.count;
        return false;
      });
      return take(last + 1, Infinity);
    },
    takeOld: (now, capacity) => {
      let excess = count - capacity;
      const taken = takeUntil((each) => {
        if (each.until > now && excess <= 0) return true;
        excess -= each.count;
        return false;
      });
      return { through: taken.at(-1)?.id ?? 0, marks: countMarks(taken) };
    },
  };
}

function countMarks(segments: readonly Segment[]): number {
  return segments.reduce((sum, { count }) => sum + count, 0);
}
