import type {
  NewEvent,
  RecordedEvent,
} from "../../../core/events/types/recorded_event.ts";

/** An event in memory. */
export interface Entry {
  /** The event. */
  readonly event: RecordedEvent;
  /** How many characters its JSON has. */
  readonly bytes: number;
  /** When it came, in milliseconds by the store's clock. */
  readonly time: number;
  /** The lane that it was appended with; `""` where it was none. */
  readonly lane: string;
}

/** Events by position: they come at the end, and go at the beginning. */
export interface Entries {
  /** How many there are. */
  readonly size: () => number;
  /** How many characters their JSON has. */
  readonly bytes: () => number;
  /** The position of the oldest; `last + 1` where all are gone, 0 where none ever came. */
  readonly first: () => number;
  /** The position of the newest that ever came. */
  readonly last: () => number;
  /** The one at a position, where it is there. */
  readonly at: (position: number) => Entry | undefined;
  /** The oldest, from index 0. */
  readonly oldest: (index: number) => Entry | undefined;
  /** At most so many events after a position, of a lane where one is named. */
  readonly after: (
    position: number,
    limit: number,
    lane?: string,
  ) => readonly RecordedEvent[];
  /** Adds an event, and gives it with its position. */
  readonly add: (
    event: NewEvent,
    entry: Omit<Entry, "event">,
  ) => RecordedEvent;
  /** Puts an event in the place of the one at its position. */
  readonly replace: (event: RecordedEvent, bytes: number) => void;
  /** All of them, oldest first. */
  readonly all: () => readonly Entry[];
  /** Removes those up to and including a position, and gives them. */
  readonly remove: (through: number) => readonly Entry[];
  /** Removes them all. */
  readonly clear: () => void;
}

/** Makes a place for events. */
export function createEntries(): Entries {
  let entries: Entry[] = [];
  let removed = 0;
  let bytes = 0;
  let last = 0;
  const size = () => entries.length - removed;
  const first = () => last === 0 ? 0 : last + 1 - size();
  return {
    size,
    bytes: () => bytes,
    first,
    last: () => last,
    at: (position) =>
      position < first() ? undefined : entries[removed + position - first()],
    oldest: (index) => entries[removed + index],
    after: (position, limit, lane) => {
      const start = removed + Math.max(0, position + 1 - first());
      if (lane === undefined) {
        return entries.slice(start, start + limit).map(({ event }) => event);
      }
      const found: RecordedEvent[] = [];
      for (let at = start; at < entries.length && found.length < limit; at++) {
        if (entries[at]!.lane === lane) found.push(entries[at]!.event);
      }
      return found;
    },
    add: (event, entry) => {
      const recorded = { ...event, position: ++last };
      entries.push({ ...entry, event: recorded });
      bytes += entry.bytes;
      return recorded;
    },
    replace: (event, characters) => {
      const index = removed + event.position - first();
      const entry = entries[index]!;
      bytes += characters - entry.bytes;
      entries[index] = { ...entry, event, bytes: characters };
    },
    all: () => entries.slice(removed),
    remove: (through) => {
      const count = Math.min(through, last) + 1 - first();
      if (last === 0 || count <= 0) return [];
      const gone = entries.slice(removed, removed + count);
      removed += count;
      for (const entry of gone) bytes -= entry.bytes;
      // Half of the array may be empty in front, so that removal costs the same for each event.
      if (removed > entries.length / 2) {
        entries = entries.slice(removed);
        removed = 0;
      }
      return gone;
    },
    clear: () => {
      entries = [];
      removed = 0;
      bytes = 0;
    },
  };
}
