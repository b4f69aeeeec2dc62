import type { MarkKey } from "./create_mark_keys.ts";
import { readMarks, writeMarks } from "./mark_bytes.ts";
import { createUserPlaces, none } from "./user_places.ts";

/**
 * The marks of a log in memory, oldest first. There are many, and they live long, so they are columns of
 * numbers: some 30 bytes each, which no collector of garbage has to look at.
 */
export interface MarkColumns {
  /** How many there are, removed ones included. */
  readonly length: () => number;
  /** Gives the index of the newest mark with a key; -1 where there is none. */
  readonly find: (key: MarkKey) => number;
  /** The position of the event of a mark. */
  readonly positionAt: (index: number) => number;
  /** When the mark was made. */
  readonly timeAt: (index: number) => number;
  /** Adds a mark. */
  readonly add: (key: MarkKey, position: number, time: number) => void;
  /** Removes the marks of a user for which a test holds, which is given their indexes. */
  readonly remove: (user: number, isGone: (index: number) => boolean) => void;
  /** Leaves only so many, the oldest. */
  readonly truncate: (length: number) => void;
  /** Takes away so many of the oldest. The others count from 0 again. */
  readonly drop: (count: number) => void;
  /** Gives marks as bytes, without those that were removed. */
  readonly write: (from: number, to: number) => Uint8Array;
  /** Adds the marks that some bytes are. What is left at their end, as in a damaged file, is none. */
  readonly read: (bytes: Uint8Array) => void;
}

/** The columns. The marks of a user hang together, newest first. */
interface Columns {
  /** The place of the user. */
  readonly place: Int32Array<ArrayBuffer>;
  readonly shown: Float64Array<ArrayBuffer>;
  /** 0 where the mark was removed. */
  readonly position: Float64Array<ArrayBuffer>;
  readonly time: Float64Array<ArrayBuffer>;
  /** The index of the mark before it that its user has. */
  readonly before: Int32Array<ArrayBuffer>;
}

/** Creates columns without marks. */
export function createMarkColumns(): MarkColumns {
  const users = createUserPlaces();
  let columns = makeColumns(256);
  // Those before the first one are gone.
  let first = 0;
  let end = 0;

  function append(
    user: number,
    shown: number,
    position: number,
    time: number,
  ): void {
    if (end === columns.place.length) makeRoom();
    const place = placeOf(user);
    columns.place[end] = place;
    columns.shown[end] = shown;
    columns.position[end] = position;
    columns.time[end] = time;
    columns.before[end] = users.newestAt(place);
    users.setNewest(place, end++);
  }

  function placeOf(user: number): number {
    const known = users.find(user);
    if (known !== none) return known;
    if (users.isFull()) {
      renumber(columns.place.subarray(first, end), users.makeRoom(first));
    }
    return users.add(user);
  }

  function makeRoom(): void {
    const { length } = columns.place;
    if (first < length / 4) {
      columns = makeColumns(length + (length >> 1), columns);
      return;
    }
    moveToFront(columns, first, end);
    users.shift(first);
    end -= first;
    first = 0;
  }

  // The index of the newest mark of a user, or of one before it; less than `first` where there is none.
  function newestOf(user: number): number {
    const place = users.find(user);
    return place === none ? none : users.newestAt(place);
  }

  return {
    length: () => end - first,
    find: ({ user, shown }) => {
      let index = newestOf(user);
      for (; index >= first; index = columns.before[index]!) {
        if (columns.shown[index] === shown && columns.position[index]! > 0) {
          return index - first;
        }
      }
      return none;
    },
    positionAt: (index) => columns.position[first + index]!,
    timeAt: (index) => columns.time[first + index]!,
    add: ({ user, shown }, position, time) =>
      append(user, shown, position, time),
    remove: (user, isGone) => {
      let index = newestOf(user);
      for (; index >= first; index = columns.before[index]!) {
        const isThere = columns.position[index]! > 0;
        if (isThere && isGone(index - first)) columns.position[index] = 0;
      }
    },
    truncate: (length) => {
      while (end > first + length) {
        end--;
        users.setNewest(columns.place[end]!, columns.before[end]!);
      }
    },
    drop: (count) => {
      first += count;
    },
    write: (from, to) => {
      const { place, shown, position, time } = columns;
      const writer = writeMarks(to - from);
      for (let index = first + from; index < first + to; index++) {
        if (position[index] === 0) continue;
        writer.add(
          users.userAt(place[index]!),
          shown[index]!,
          position[index]!,
          time[index]!,
        );
      }
      return writer.bytes();
    },
    read: (bytes) => readMarks(bytes, append),
  };
}

function makeColumns(room: number, from?: Columns): Columns {
  const columns = {
    place: new Int32Array(room),
    shown: new Float64Array(room),
    position: new Float64Array(room),
    time: new Float64Array(room),
    before: new Int32Array(room),
  };
  if (from !== undefined) {
    columns.place.set(from.place);
    columns.shown.set(from.shown);
    columns.position.set(from.position);
    columns.time.set(from.time);
    columns.before.set(from.before);
  }
  return columns;
}

// Moves the marks from `first` up to `end` to the beginning.
function moveToFront(columns: Columns, first: number, end: number): void {
  for (const column of Object.values(columns)) column.copyWithin(0, first, end);
  const { before } = columns;
  for (let index = 0; index < end - first; index++) {
    before[index] = Math.max(none, before[index]! - first);
  }
}

function renumber(places: Int32Array, numbers: Int32Array): void {
  for (let index = 0; index < places.length; index++) {
    places[index] = numbers[places[index]!]!;
  }
}
