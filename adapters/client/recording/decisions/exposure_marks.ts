import { valueKey } from "../../../log/value_key.ts";
import {
  addMark,
  countMarks,
  findMark,
  removeMark,
  type UserMarks,
} from "./user_marks.ts";

/** What tells one exposure from another. */
export interface ExposureIdentity {
  /** The attribute that decided the bucket. */
  readonly attribute: string;
  /** Its value. */
  readonly value: unknown;
  /** The key of the experiment. */
  readonly experiment: string;
  /** The phase of the experiment; undefined where it has none. */
  readonly phase: string | undefined;
  /** The index of the variation. */
  readonly variation: number;
}

/** How many exposures are remembered. */
export interface ExposureMarksOptions {
  /** The most exposures. */
  readonly capacity: number;
  /** The most characters of the users' values, together. */
  readonly maxCharacters: number;
  /** How long each is remembered, in milliseconds. */
  readonly maxAge: number;
}

/** Which exposures were recorded lately, so that none is recorded twice. Times are in milliseconds. */
export interface ExposureMarks {
  /** Remembers an exposure. True where it is new, false where it is remembered already. */
  readonly mark: (identity: ExposureIdentity, now: number) => boolean;
  /** Tells whether an exposure is remembered. */
  readonly has: (identity: ExposureIdentity, now: number) => boolean;
  /** Forgets an exposure, so that it can be recorded again. */
  readonly unmark: (identity: ExposureIdentity) => void;
  /** Forgets all exposures of a user, by the attribute and its value as text. */
  readonly unmarkUser: (attribute: string, text: string) => void;
  /** Forgets all exposures. */
  readonly clear: () => void;
  /** How many exposures are remembered. */
  readonly size: () => number;
  /**
   * How often something was forgotten. As long as it stays the same, what is known to be remembered
   * still is.
   */
  readonly forgotten: () => number;
}

/**
 * Makes the memory of exposures: maps in maps, never texts that are glued together. Past one of its
 * bounds it forgets the users that it has known longest.
 *
 * @example
 * ```ts
 * import { createExposureMarks } from "./exposure_marks.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const marks = createExposureMarks({ capacity: 10, maxCharacters: 1000, maxAge: 1000 });
 * const shown = { attribute: "id", value: "7", experiment: "cta", phase: "1", variation: 0 };
 * assertEquals(marks.mark(shown, 0), true);
 * assertEquals(marks.mark(shown, 999), false);
 * assertEquals(marks.mark({ ...shown, phase: "2" }, 999), true);
 * assertEquals(marks.mark(shown, 1000), true);
 * ```
 */
export function createExposureMarks(
  { capacity, maxCharacters, maxAge }: ExposureMarksOptions,
): ExposureMarks {
  const attributes = new Map<string, Map<unknown, UserMarks>>();
  let size = 0;
  let characters = 0;
  let forgotten = 0;

  const forgetUser = (users: Map<unknown, UserMarks>, key: unknown) => {
    users.delete(key);
    characters -= lengthOf(key);
    forgotten++;
  };
  const removeUser = (users: Map<unknown, UserMarks>, key: unknown) => {
    size -= countMarks(users.get(key)!);
    forgetUser(users, key);
  };
  // The oldest user of any attribute goes first, but never the one that was shown something now. A
  // tenth of the room is made at once: what it costs to find the oldest is then shared by many.
  const makeRoom = (attribute: string, key: unknown) => {
    const most = capacity - Math.floor(capacity / 10);
    const mostCharacters = maxCharacters - maxCharacters / 10;
    for (const [name, users] of attributes) {
      for (const oldest of users.keys()) {
        if (size <= most && characters <= mostCharacters) return;
        if (name === attribute && oldest === key) break;
        removeUser(users, oldest);
      }
      if (users.size === 0) attributes.delete(name);
    }
  };
  const usersOf = (attribute: string) => {
    let users = attributes.get(attribute);
    if (users === undefined) attributes.set(attribute, users = new Map());
    return users;
  };
  return {
    mark: (identity, now) => {
      const { attribute, value } = identity;
      const users = usersOf(attribute);
      const key = valueKey(value);
      const known = users.get(key);
      const mark = findMark(known, identity);
      if (mark !== null) {
        if (now - mark.time < maxAge) return false;
        mark.time = now;
        return true;
      }
      if (known === undefined) characters += lengthOf(key);
      const marks = addMark(known, identity, now);
      if (marks !== known) users.set(key, marks);
      size++;
      if (size > capacity || characters > maxCharacters) {
        makeRoom(attribute, key);
      }
      return true;
    },
    has: (identity, now) => {
      const { attribute, value } = identity;
      const known = attributes.get(attribute)?.get(valueKey(value));
      const mark = findMark(known, identity);
      return mark !== null && now - mark.time < maxAge;
    },
    unmark: (identity) => {
      const users = attributes.get(identity.attribute);
      const key = valueKey(identity.value);
      const known = users?.get(key);
      const mark = findMark(known, identity);
      if (mark === null) return;
      const left = removeMark(known!, mark);
      size--;
      if (left === null) return forgetUser(users!, key);
      users!.set(key, left);
      forgotten++;
    },
    unmarkUser: (attribute, text) => {
      const users = attributes.get(attribute);
      // A number and its text are one user.
      for (const key of users?.keys() ?? []) {
        if (String(key) === text) removeUser(users!, key);
      }
    },
    clear: () => {
      attributes.clear();
      size = characters = 0;
      forgotten++;
    },
    size: () => size,
    forgotten: () => forgotten,
  };
}

function lengthOf(key: unknown): number {
  return typeof key === "string" ? key.length : 8;
}
