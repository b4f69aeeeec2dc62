/** Counts events that were given up, by type. */
export interface DropTally {
  /** Counts more of a type. */
  readonly add: (type: string, count: number) => void;
  /** How many there are in all. */
  readonly count: () => number;
  /** How many there are of each type. */
  readonly types: () => { readonly [type: string]: number };
}

const mostTypes = 100;

/** Starts counting. Of more than 100 types, the rest counts as `"other"`, so that memory is bounded. */
export function createDropTally(): DropTally {
  const counts = new Map<string, number>();
  return {
    add: (type, count) => {
      const known = counts.has(type) || counts.size < mostTypes;
      const name = known ? type : "other";
      counts.set(name, (counts.get(name) ?? 0) + count);
    },
    count: () => {
      let total = 0;
      for (const count of counts.values()) total += count;
      return total;
    },
    types: () => Object.fromEntries(counts),
  };
}
