/** Entries that wait, for consent, for a store or for an engine, oldest first. */
export interface WaitingList<Entry extends WaitingEntry> {
  /** Adds an entry, and gives those that were given up to make room for it: the oldest. */
  readonly add: (entry: Entry) => readonly Entry[];
  /** Takes the oldest ones. */
  readonly take: (count: number) => readonly Entry[];
  /** Puts entries back that were taken, before all others. */
  readonly putBack: (entries: readonly Entry[]) => void;
  /** Those that wait. */
  readonly all: () => readonly Entry[];
  /** How many wait. */
  readonly length: () => number;
}

/** Something that can wait. */
export interface WaitingEntry {
  /** About how many characters of JSON it is. */
  readonly characters: number;
}

/** How much may wait. */
export interface WaitingBounds {
  /** The most entries. */
  readonly capacity: number;
  /** About the most characters of them. */
  readonly maxCharacters: number;
}

/** Makes a list with some bounds. */
export function createWaitingList<Entry extends WaitingEntry>(
  { capacity, maxCharacters }: WaitingBounds,
): WaitingList<Entry> {
  let entries: Entry[] = [];
  let taken = 0;
  let characters = 0;
  const length = () => entries.length - taken;
  const take = (count: number) => {
    const end = Math.min(entries.length, taken + count);
    const oldest = entries.slice(taken, end);
    taken = end;
    for (const entry of oldest) characters -= entry.characters;
    // Half of the array may be empty in front, so that taking costs the same for each entry.
    if (taken > entries.length / 2) {
      entries = entries.slice(taken);
      taken = 0;
    }
    return oldest;
  };
  return {
    length,
    take,
    all: () => entries.slice(taken),
    add: (entry) => {
      entries.push(entry);
      characters += entry.characters;
      const dropped: Entry[] = [];
      while (
        length() > capacity || length() > 0 && characters > maxCharacters
      ) dropped.push(...take(1));
      return dropped;
    },
    putBack: (oldest) => {
      if (oldest.length === 0) return;
      entries = [...oldest, ...entries.slice(taken)];
      taken = 0;
      for (const entry of oldest) characters += entry.characters;
    },
  };
}
