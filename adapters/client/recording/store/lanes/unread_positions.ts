/** What became of events that can't be read any more. */
export interface GoneEvents {
  /** How many were removed from the store. */
  readonly lost: number;
  /** How many were erased. */
  readonly erased: number;
}

/** The positions of events that are to be read from a store, in order. */
export interface UnreadPositions {
  /** Adds the position of an event, which is larger than all others. */
  readonly add: (position: number) => void;
  /**
   * Takes note of an event that was read: those before it that were not are not in the store any more.
   * Of one that was erased nothing is left.
   */
  readonly pass: (position: number, isErased: boolean) => void;
  /** Takes note that there is nothing more to be read. */
  readonly end: () => void;
  /** How many are still to be read. */
  readonly size: () => number;
  /** Gives those that are gone since the last time. */
  readonly takeGone: () => GoneEvents;
}

/** Makes the list, which is empty at first. */
export function createUnreadPositions(): UnreadPositions {
  let positions: number[] = [];
  let passed = 0;
  let [lost, erased] = [0, 0];
  const skip = (before: number) => {
    const start = passed;
    while (passed < positions.length && positions[passed]! < before) passed++;
    lost += passed - start;
  };
  return {
    add: (position) => void positions.push(position),
    pass: (position, isErased) => {
      skip(position);
      if (positions[passed] !== position) return;
      passed++;
      if (isErased) erased++;
      // Half of the list may be empty in front, so that passing costs the same for each.
      if (passed * 2 > positions.length) {
        positions = positions.slice(passed);
        passed = 0;
      }
    },
    end: () => skip(Infinity),
    size: () => positions.length - passed,
    takeGone: () => {
      const gone = { lost, erased };
      [lost, erased] = [0, 0];
      return gone;
    },
  };
}
