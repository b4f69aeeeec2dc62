import { valueKey } from "../../../log/value_key.ts";

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
  /** Forgets everything. */
  readonly clear: () => void;
  /** How many exposures are remembered. */
  readonly size: () => number;
  /**
   * How often something was forgotten. As long as it stays the same, what is known to be remembered
   * still is.
   */
  readonly forgotten: () => number;
}

/** An exposure of a user. Those of one user, or of one experiment of many, hang together. */
interface Mark {
  readonly experiment: string;
  readonly phase: string | undefined;
  readonly variation: number;
  time: number;
  next: Mark | null;
}

/** The marks of a user: a few in a chain; many by experiment. */
type UserMarks = Mark | Map<string, Mark>;

/** So many marks are found faster one after the other than by a map, and take a third of the memory. */
const longestChain = 12;

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

  const removeUser = (users: Map<unknown, UserMarks>, key: unknown) => {
    size -= countMarks(users.get(key)!);
    users.delete(key);
    characters -= lengthOf(key);
    forgotten++;
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
      const { attribute, value, experiment, phase, variation } = identity;
      const users = usersOf(attribute);
      const key = valueKey(value);
      const known = users.get(key);
      const first = known === undefined ? null : chainOf(known, experiment);
      const mark = findMark(first, identity);
      if (mark !== null) {
        if (now - mark.time < maxAge) return false;
        mark.time = now;
        return true;
      }
      const added: Mark = {
        experiment,
        phase,
        variation,
        time: now,
        next: first,
      };
      if (known === undefined) {
        users.set(key, added);
        characters += lengthOf(key);
      } else if (known instanceof Map) known.set(experiment, added);
      else users.set(key, isLong(added) ? byExperiment(added) : added);
      size++;
      if (size > capacity || characters > maxCharacters) {
        makeRoom(attribute, key);
      }
      return true;
    },
    has: (identity, now) => {
      const { attribute, value, experiment } = identity;
      const known = attributes.get(attribute)?.get(valueKey(value));
      const mark = known === undefined
        ? null
        : findMark(chainOf(known, experiment), identity);
      return mark !== null && now - mark.time < maxAge;
    },
    unmark: (identity) => {
      const users = attributes.get(identity.attribute);
      const key = valueKey(identity.value);
      const known = users?.get(key);
      if (users === undefined || known === undefined) return;
      const first = chainOf(known, identity.experiment);
      const mark = findMark(first, identity);
      if (mark === null) return;
      const left = without(first, mark);
      size--;
      forgotten++;
      if (known instanceof Map) {
        if (left === null) known.delete(identity.experiment);
        else known.set(identity.experiment, left);
        if (known.size > 0) return;
      } else if (left !== null) {
        users.set(key, left);
        return;
      }
      users.delete(key);
      characters -= lengthOf(key);
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

function chainOf(marks: UserMarks, experiment: string): Mark | null {
  return marks instanceof Map ? marks.get(experiment) ?? null : marks;
}

function findMark(
  first: Mark | null,
  { experiment, phase, variation }: ExposureIdentity,
): Mark | null {
  for (let mark = first; mark !== null; mark = mark.next) {
    if (
      mark.experiment === experiment && mark.variation === variation &&
      mark.phase === phase
    ) return mark;
  }
  return null;
}

function without(first: Mark | null, gone: Mark): Mark | null {
  if (first === null || first === gone) return first?.next ?? null;
  return { ...first, next: without(first.next, gone) };
}

function isLong(first: Mark): boolean {
  let length = 0;
  for (let mark: Mark | null = first; mark !== null; mark = mark.next) length++;
  return length > longestChain;
}

function byExperiment(first: Mark): Map<string, Mark> {
  const map = new Map<string, Mark>();
  for (let mark: Mark | null = first; mark !== null; mark = mark.next) {
    const next = map.get(mark.experiment) ?? null;
    map.set(mark.experiment, { ...mark, next });
  }
  return map;
}

function countMarks(marks: UserMarks): number {
  const chains = marks instanceof Map ? [...marks.values()] : [marks];
  let count = 0;
  for (const first of chains) {
    for (let mark: Mark | null = first; mark !== null; mark = mark.next) {
      count++;
    }
  }
  return count;
}

function lengthOf(key: unknown): number {
  return typeof key === "string" ? key.length : 8;
}
