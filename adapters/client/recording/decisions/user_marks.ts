import type { ExposureIdentity } from "./exposure_marks.ts";

/** What tells the exposures of one user from each other. */
export type Shown = Omit<ExposureIdentity, "value">;

/** An exposure of a user. Those of one user are a ring, which any of them stands for. */
export interface Mark extends Shown {
  /** When the exposure was recorded, in milliseconds. */
  time: number;
  /** The next one, which is itself where there is no other. */
  next: Mark;
}

/**
 * Finds an exposure in the ring of its user; null where it isn't there. A user is asked about in the same order
 * each time: after the one that was found last comes the one that is looked for.
 */
export function findMark(last: Mark | undefined, shown: Shown): Mark | null {
  if (last === undefined) return null;
  let mark = last;
  do {
    mark = mark.next;
    if (isOf(mark, shown)) return mark;
  } while (mark !== last);
  return null;
}

/** Adds an exposure after another one of its user, or makes the ring, and gives it. */
export function addMark(
  last: Mark | undefined,
  { attribute, experiment, phase, variation }: Shown,
  time: number,
): Mark {
  const next = last?.next as Mark;
  const mark = { attribute, experiment, phase, variation, time, next };
  mark.next ??= mark;
  if (last !== undefined) last.next = mark;
  return mark;
}

/** Takes exposures out of a ring. Gives one that is left, null where none is, and how many are gone. */
export function removeMarks(
  last: Mark,
  isGone: (mark: Mark) => boolean,
): readonly [left: Mark | null, gone: number] {
  let left: Mark | null = null;
  let gone = 0;
  let mark = last;
  do {
    mark = mark.next;
    if (isGone(mark)) {
      (left ?? last).next = mark.next;
      gone++;
    } else left = mark;
  } while (mark !== last);
  return [left, gone];
}

/** Tells whether an exposure is of something that was shown. */
export function isOf(mark: Mark, shown: Shown): boolean {
  return mark.variation === shown.variation &&
    mark.experiment === shown.experiment && mark.phase === shown.phase &&
    mark.attribute === shown.attribute;
}
