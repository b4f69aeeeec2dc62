import { valueKey } from "../../log/value_key.ts";
import { getOrAdd } from "./get_or_add.ts";

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
  /** The most characters of the users' values and the experiments' keys, together. */
  readonly maxCharacters: number;
  /** How long each is remembered, in milliseconds. */
  readonly maxAge: number;
}

/** Which exposures were recorded lately, so that none is recorded twice. Times are in milliseconds. */
export interface ExposureMarks {
  /** Remembers an exposure. True where it is new, false where it is remembered already. */
  readonly mark: (identity: ExposureIdentity, now: number) => boolean;
  /** Forgets an exposure, so that it can be recorded again. */
  readonly unmark: (identity: ExposureIdentity) => void;
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

/** An exposure of a user. Those of one experiment hang together: of other phases and variations. */
interface Mark {
  readonly phase: string | undefined;
  readonly variation: number;
  time: number;
  readonly next: Mark | null;
}

interface UserMarks {
  readonly experiments: Map<string, Mark>;
  count: number;
  characters: number;
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

  const removeUser = (users: Map<unknown, UserMarks>, key: unknown) => {
    const user = users.get(key)!;
    users.delete(key);
    size -= user.count;
    characters -= user.characters;
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
  const add = (
    { attribute, experiment, phase, variation }: ExposureIdentity,
    key: unknown,
    users: Map<unknown, UserMarks>,
    now: number,
  ) => {
    let user = users.get(key);
    let added = 0;
    if (user === undefined) {
      user = { experiments: new Map(), count: 0, characters: 0 };
      users.set(key, user);
      added = typeof key === "string" ? key.length : 8;
    }
    const { experiments } = user;
    const next = experiments.get(experiment) ?? null;
    experiments.set(experiment, { phase, variation, time: now, next });
    // The key of an experiment is the payload's own text; a phase may be any.
    added += phase === undefined ? 0 : phase.length;
    user.count++;
    user.characters += added;
    size++;
    characters += added;
    if (size > capacity || characters > maxCharacters) {
      makeRoom(attribute, key);
    }
  };
  return {
    mark: (identity, now) => {
      const { attribute, value, experiment, phase, variation } = identity;
      const users = getOrAdd(attributes, attribute);
      const key = valueKey(value);
      let mark: Mark | null = users.get(key)?.experiments.get(experiment) ??
        null;
      while (mark !== null) {
        if (mark.variation === variation && mark.phase === phase) {
          if (now - mark.time < maxAge) return false;
          mark.time = now;
          return true;
        }
        mark = mark.next;
      }
      add(identity, key, users, now);
      return true;
    },
    unmark: ({ attribute, value, experiment, phase, variation }) => {
      const users = attributes.get(attribute);
      const key = valueKey(value);
      const user = users?.get(key);
      const first = user?.experiments.get(experiment);
      if (users === undefined || user === undefined || first === undefined) {
        return;
      }
      const left = without(first, phase, variation);
      if (left === first) return;
      if (left === null) user.experiments.delete(experiment);
      else user.experiments.set(experiment, left);
      user.count--;
      size--;
      forgotten++;
      if (user.count === 0) removeUser(users, key);
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

function without(
  mark: Mark | null,
  phase: string | undefined,
  variation: number,
): Mark | null {
  if (mark === null) return null;
  if (mark.phase === phase && mark.variation === variation) return mark.next;
  const next = without(mark.next, phase, variation);
  return next === mark.next ? mark : { ...mark, next };
}
