import type { ExposureKey } from "../port/exposure_key.ts";

/** A mark of an exposure that a store has added. */
export interface Mark {
  /** The position of the exposure. */
  readonly position: number;
  /** When it was added, by the store's clock. */
  time: number;
}

/** The marks of a store in memory. */
export interface Marks {
  /** The mark of an exposure, where there is one that is not older than an age. */
  readonly find: (key: ExposureKey, now: number, age: number) => Mark | null;
  /** Marks an exposure. */
  readonly put: (key: ExposureKey, mark: Mark) => void;
  /** Removes the mark of the exposure at a position, where it is that one's. */
  readonly remove: (key: ExposureKey, position: number) => void;
  /** Removes the marks of a user. */
  readonly removeUser: (user: string) => void;
  /** Removes them all. */
  readonly clear: () => void;
}

/** Makes room for marks: the oldest go first where there are more than `capacity`. */
export function createMarks(capacity: number): Marks {
  const users = new Map<string, Map<string, Mark>>();
  let size = 0;
  const removeUser = (user: string) => {
    size -= users.get(user)?.size ?? 0;
    users.delete(user);
  };
  return {
    find: ({ user, shown }, now, age) => {
      const mark = users.get(user)?.get(shown);
      if (mark === undefined) return null;
      if (mark.time > now) mark.time = now;
      return now - mark.time < age ? mark : null;
    },
    put: ({ user, shown }, mark) => {
      const marks = users.get(user) ?? new Map<string, Mark>();
      if (!marks.delete(shown)) size++;
      marks.set(shown, mark);
      // A user that was seen now is the last to be forgotten.
      users.delete(user);
      users.set(user, marks);
      for (const oldest of users.keys()) {
        if (size <= capacity || oldest === user) break;
        removeUser(oldest);
      }
    },
    remove: ({ user, shown }, position) => {
      const marks = users.get(user);
      if (marks?.get(shown)?.position !== position) return;
      marks.delete(shown);
      size--;
      if (marks.size === 0) users.delete(user);
    },
    removeUser,
    clear: () => {
      users.clear();
      size = 0;
    },
  };
}
