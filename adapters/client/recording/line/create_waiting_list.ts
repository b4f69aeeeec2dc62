/** Entries that wait, for consent, for a store or for an engine, oldest first. */
export interface WaitingList<Entry extends WaitingEntry> {
  /** Adds an entry, and gives those that were given up to make room for it: the oldest. */
  readonly add: (entry: Entry) => readonly Entry[];
  /** Takes the oldest ones. */
  readonly take: (count: number) => readonly Entry[];
  /** Puts entries back that were taken, before all others. */
  readonly putBack: (entries: readonly Entry[]) => void;
  /** Takes those of which that is true. */
  readonly remove: (isGone: (entry: Entry) => boolean) => readonly Entry[];
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

/** Makes a list with room for so many entries, and about so many characters of them. */
export function createWaitingList<Entry extends WaitingEntry>(
  capacity: number,
  maxCharacters: number,
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
  const putBack = (oldest: readonly Entry[]) => {
    if (oldest.length === 0) return;
    entries = [...oldest, ...entries.slice(taken)];
    taken = 0;
    for (const entry of oldest) characters += entry.characters;
  };
  return {
    length,
    take,
    all: () => entries.slice(taken),
    add: (entry) => {
      entries.push(entry);
      characters += entry.characters;
      let over = Math.max(0, length() - capacity);
      let rest = characters;
      for (let index = 0; rest > maxCharacters && index < length(); index++) {
        rest -= entries[taken + index]!.characters;
        over = Math.max(over, index + 1);
      }
      return over === 0 ? [] : take(over);
    },
    remove: (isGone) => {
      const gone: Entry[] = [];
      const left: Entry[] = [];
      for (const entry of take(Infinity)) {
        (isGone(entry) ? gone : left).push(entry);
      }
      putBack(left);
      return gone;
    },
    putBack,
  };
}
