/** Users by their places, which count from 0, each with the index of something that is the newest of theirs. */
export interface UserPlaces {
  /** Gives the place of a user; -1 where there is no such. */
  readonly find: (user: number) => number;
  /** Gives a place to a user who has none, where it is not full. */
  readonly add: (user: number) => number;
  /** Whether there is no room for another one. */
  readonly isFull: () => boolean;
  /** The user at a place. */
  readonly userAt: (place: number) => number;
  /** The index that the user at a place has; -1 for none. */
  readonly newestAt: (place: number) => number;
  /** Sets it. */
  readonly setNewest: (place: number, index: number) => void;
  /** Takes a number away from all indexes. Those that would be less than 0 are none. */
  readonly shift: (by: number) => void;
  /**
   * Makes room, without the users whose index is less than `first`. Gives the new places by the old ones.
   */
  readonly makeRoom: (first: number) => Int32Array;
}

/** No place, or no index. */
export const none = -1;

/** How many users there is room for at first. A power of two, as the table needs it. */
const firstRoom = 256;

/**
 * Creates a list without users, who are hashes of 52 bits: so a part of one says where in a table to look
 * for its place.
 */
export function createUserPlaces(): UserPlaces {
  let count = 0;
  let users = new Float64Array(firstRoom);
  let newest = new Int32Array(firstRoom);
  let table = new Int32Array(2 * firstRoom).fill(none);

  // Gives the slot of a user in the table, or the free one that is for it.
  function slotOf(user: number): number {
    const mask = table.length - 1;
    for (let slot = (user >>> 0) & mask;; slot = (slot + 1) & mask) {
      const place = table[slot]!;
      if (place === none || users[place] === user) return slot;
    }
  }

  function add(user: number): number {
    const place = count++;
    users[place] = user;
    newest[place] = none;
    table[slotOf(user)] = place;
    return place;
  }

  return {
    find: (user) => table[slotOf(user)]!,
    add,
    isFull: () => count === users.length,
    userAt: (place) => users[place]!,
    newestAt: (place) => newest[place]!,
    setNewest: (place, index) => {
      newest[place] = index;
    },
    shift: (by) => {
      for (let place = 0; place < count; place++) {
        newest[place] = Math.max(none, newest[place]! - by);
      }
    },
    makeRoom: (first) => {
      const [all, old, oldNewest] = [count, users, newest];
      let left = 0;
      for (let place = 0; place < all; place++) {
        if (oldNewest[place]! >= first) left++;
      }
      // Else there would soon be none again.
      const room = old.length * (left > old.length / 2 ? 2 : 1);
      users = new Float64Array(room);
      newest = new Int32Array(room);
      table = new Int32Array(2 * room).fill(none);
      count = 0;
      const places = new Int32Array(all).fill(none);
      for (let place = 0; place < all; place++) {
        if (oldNewest[place]! < first) continue;
        const moved = places[place] = add(old[place]!);
        newest[moved] = oldNewest[place]!;
      }
      return places;
    },
  };
}
