import { valueKey } from "../../../log/value_key.ts";
import {
  addMark,
  findMark,
  isOf,
  type Mark,
  removeMarks,
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
  readonly exposureCapacity: number;
  /** How long each is remembered, in milliseconds. */
  readonly exposureAge: number;
  /** The most characters of the users' values, together. */
  readonly maxCharacters: number;
}

/** Which exposures were recorded lately, so that none is recorded twice. Times are in milliseconds. */
export interface ExposureMarks {
  /** Remembers an exposure. True where it is new, false where it is remembered already. */
  readonly mark: (identity: ExposureIdentity, now: number) => boolean;
  /** Tells whether an exposure is remembered. */
  readonly has: (identity: ExposureIdentity, now: number) => boolean;
  /** Forgets an exposure, so that it can be recorded again. */
  readonly unmark: (identity: ExposureIdentity) => void;
  /** Forgets the exposures that are gone; is told the attribute of each, and the key of its value. */
  readonly forget: (
    isGone: (attribute: string, key: unknown) => boolean,
  ) => void;
  /** How many exposures are remembered. */
  readonly size: () => number;
  /**
   * How often something was forgotten. As long as it stays the same, what is known to be remembered
   * still is.
   */
  readonly forgotten: () => number;
}

/**
 * Makes the memory of exposures: those of each user by themselves, never texts that are glued together.
 * Past one of its bounds it forgets the users that it has known longest.
 *
 * @example
 * ```ts
 * import { createExposureMarks } from "./exposure_marks.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const marks = createExposureMarks({
 *   exposureCapacity: 10,
 *   exposureAge: 1000,
 *   maxCharacters: 1000,
 * });
 * const shown = { attribute: "id", value: "7", experiment: "cta", phase: "1", variation: 0 };
 * assertEquals(marks.mark(shown, 0), true);
 * assertEquals(marks.mark(shown, 999), false);
 * assertEquals(marks.mark({ ...shown, phase: "2" }, 999), true);
 * assertEquals(marks.mark(shown, 1000), true);
 * ```
 */
export function createExposureMarks(
  { exposureCapacity, exposureAge, maxCharacters }: ExposureMarksOptions,
): ExposureMarks {
  // By the value of whichever attribute, the exposure that was found or added last.
  const users = new Map<unknown, Mark>();
  let size = 0;
  let characters = 0;
  let forgotten = 0;

  const find = (key: unknown, identity: ExposureIdentity) => {
    const last = users.get(key);
    const found = findMark(last, identity);
    if (found !== null && found !== last) users.set(key, found);
    return found;
  };
  const forget = (key: unknown, isGone: (mark: Mark) => boolean) => {
    const last = users.get(key);
    if (last === undefined) return;
    const [left, gone] = removeMarks(last, isGone);
    size -= gone;
    forgotten += gone;
    if (left !== null) return void users.set(key, left);
    users.delete(key);
    characters -= lengthOf(key);
  };
  // The oldest user goes first, but never the one that was shown something now. A tenth of the room is
  // made at once: what it costs to find the oldest is then shared by many.
  const makeRoom = (key: unknown) => {
    const most = exposureCapacity - Math.floor(exposureCapacity / 10);
    const mostCharacters = maxCharacters - maxCharacters / 10;
    for (const oldest of users.keys()) {
      if (size <= most && characters <= mostCharacters) return;
      if (oldest !== key) forget(oldest, () => true);
    }
  };
  return {
    mark: (identity, now) => {
      const key = valueKey(identity.value);
      const known = find(key, identity);
      if (known !== null) {
        if (now - known.time < exposureAge) return false;
        known.time = now;
        return true;
      }
      const last = users.get(key);
      if (last === undefined) characters += lengthOf(key);
      users.set(key, addMark(last, identity, now));
      size++;
      if (size > exposureCapacity || characters > maxCharacters) makeRoom(key);
      return true;
    },
    has: (identity, now) => {
      const known = find(valueKey(identity.value), identity);
      return known !== null && now - known.time < exposureAge;
    },
    unmark: (identity) =>
      forget(valueKey(identity.value), (mark) => isOf(mark, identity)),
    forget: (isGone) => {
      for (const key of users.keys()) {
        forget(key, ({ attribute }) => isGone(attribute, key));
      }
    },
    size: () => size,
    forgotten: () => forgotten,
  };
}

function lengthOf(key: unknown): number {
  return typeof key === "string" ? key.length : 8;
}
