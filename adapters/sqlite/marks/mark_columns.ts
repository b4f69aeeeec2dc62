import type { MarkKey } from "./create_mark_keys.ts";

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
  /** Gives marks as bytes, without those that were removed, and how many they are. */
  readonly write: (from: number, to: number) => readonly [Uint8Array, number];
  /** Adds the marks that some bytes are. */
  readonly read: (bytes: Uint8Array) => void;
}

/** The columns. The marks of a user hang together, newest first. */
interface Columns {
  /** The place of the user. */
  readonly place: Int32Array<ArrayBuffer>;
  readonly shown: Uint32Array<ArrayBuffer>;
  /** 0 where the mark was removed. */
  readonly position: Float64Array<ArrayBuffer>;
  readonly time: Float64Array<ArrayBuffer>;
  /** The index of the mark before it that its user has. */
  readonly before: Int32Array<ArrayBuffer>;
}

/** What is known of users, by place. */
interface Users {
  readonly user: Float64Array<ArrayBuffer>;
  /** The index of the newest mark. */
  readonly newest: Int32Array<ArrayBuffer>;
  /** The places, by a part of the user's hash. */
  readonly table: Int32Array<ArrayBuffer>;
}

/** No place, or no index. */
const none = -1;

/** What a mark takes as bytes: user, shown, position, time. */
const size = 8 + 4 + 8 + 8;

/** Creates columns without marks. */
export function createMarkColumns(): MarkColumns {
  let columns = makeColumns(256);
  let users = makeUsers(256);
  let userCount = 0;
  // Those before the first one are gone, and make room now and then.
  let first = 0;
  let end = 0;

  // Gives the slot of a user in the table, or the free one that is for it.
  function slotOf(user: number): number {
    const mask = users.table.length - 1;
    for (let slot = (user >>> 0) & mask;; slot = (slot + 1) & mask) {
      const place = users.table[slot]!;
      if (place === none || users.user[place] === user) return slot;
    }
  }

  function placeOf(user: number): number {
    const known = users.table[slotOf(user)]!;
    if (known !== none) return known;
    if (userCount === users.user.length) growUsers();
    const place = userCount++;
    users.user[place] = user;
    users.newest[place] = none;
    users.table[slotOf(user)] = place;
    return place;
  }

  function growUsers(): void {
    const before = users;
    users = makeUsers(2 * before.user.length);
    users.user.set(before.user);
    users.newest.set(before.newest);
    for (let place = 0; place < userCount; place++) {
      users.table[slotOf(users.user[place]!)] = place;
    }
  }

  function append(
    user: number,
    shown: number,
    position: number,
    time: number,
  ): void {
    if (end === columns.place.length) columns = makeColumns(2 * end, columns);
    const place = placeOf(user);
    columns.place[end] = place;
    columns.shown[end] = shown;
    columns.position[end] = position;
    columns.time[end] = time;
    columns.before[end] = users.newest[place]!;
    users.newest[place] = end++;
  }

  // Begins anew with those that are left.
  function makeRoom(): void {
    const [from, to, old] = [first, end, columns];
    const names = users.user;
    columns = makeColumns(roomFor(to - from));
    users = makeUsers(roomFor(Math.min(to - from, userCount)));
    first = end = userCount = 0;
    for (let index = from; index < to; index++) {
      append(
        names[old.place[index]!]!,
        old.shown[index]!,
        old.position[index]!,
        old.time[index]!,
      );
    }
  }

  function* indexesOf(user: number): Generator<number> {
    const place = users.table[slotOf(user)]!;
    let index = place === none ? none : users.newest[place]!;
    for (; index >= first; index = columns.before[index]!) {
      if (columns.position[index]! > 0) yield index;
    }
  }

  return {
    length: () => end - first,
    find: ({ user, shown }) => {
      const place = users.table[slotOf(user)]!;
      let index = place === none ? none : users.newest[place]!;
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
      for (const index of indexesOf(user)) {
        if (isGone(index - first)) columns.position[index] = 0;
      }
    },
    truncate: (length) => {
      while (end > first + length) {
        end--;
        users.newest[columns.place[end]!] = columns.before[end]!;
      }
    },
    drop: (count) => {
      first += count;
      if (first > 1000 && first > end / 8) makeRoom();
    },
    write: (from, to) => {
      const bytes = new Uint8Array((to - from) * size);
      const view = new DataView(bytes.buffer);
      let at = 0;
      for (let index = first + from; index < first + to; index++) {
        if (columns.position[index] === 0) continue;
        view.setFloat64(at, users.user[columns.place[index]!]!, true);
        view.setUint32(at + 8, columns.shown[index]!, true);
        view.setFloat64(at + 12, columns.position[index]!, true);
        view.setFloat64(at + 20, columns.time[index]!, true);
        at += size;
      }
      return [bytes.subarray(0, at), at / size];
    },
    read: ({ buffer, byteOffset, byteLength }) => {
      const view = new DataView(buffer, byteOffset, byteLength);
      for (let at = 0; at < byteLength; at += size) {
        append(
          view.getFloat64(at, true),
          view.getUint32(at + 8, true),
          view.getFloat64(at + 12, true),
          view.getFloat64(at + 20, true),
        );
      }
    },
  };
}

function makeColumns(room: number, from?: Columns): Columns {
  const columns = {
    place: new Int32Array(room),
    shown: new Uint32Array(room),
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

function makeUsers(room: number): Users {
  return {
    user: new Float64Array(room),
    newest: new Int32Array(room),
    table: new Int32Array(2 * room).fill(none),
  };
}

// A power of two, as the table of users needs it, with some room to grow.
function roomFor(count: number): number {
  return Math.max(256, 2 ** Math.ceil(Math.log2(count + 1)));
}
