/** What a user was shown: it tells the exposures of one user from each other. */
export interface Shown {
  /** The key of the experiment. */
  readonly experiment: string;
  /** The phase of the experiment; undefined where it has none. */
  readonly phase: string | undefined;
  /** The index of the variation. */
  readonly variation: number;
}

/** An exposure of a user. Those of one user, or of one experiment of many, hang together. */
interface Mark extends Shown {
  /** When the exposure was recorded, in milliseconds. */
  time: number;
  readonly next: Mark | null;
}

/** The exposures of one user: a few in a chain; many by experiment. */
export type UserMarks = Mark | Map<string, Mark>;

/** So many marks are found faster one after the other than by a map, and take a third of the memory. */
const longestChain = 12;

/** Finds an exposure among those of its user; null where it isn't there. */
export function findMark(
  marks: UserMarks | undefined,
  { experiment, phase, variation }: Shown,
): Mark | null {
  let mark = chainOf(marks, experiment);
  for (; mark !== null; mark = mark.next) {
    if (
      mark.experiment === experiment && mark.variation === variation &&
      mark.phase === phase
    ) break;
  }
  return mark;
}

/** Adds an exposure that isn't there, and gives all of them. */
export function addMark(
  marks: UserMarks | undefined,
  { experiment, phase, variation }: Shown,
  time: number,
): UserMarks {
  const next = chainOf(marks, experiment);
  const added = { experiment, phase, variation, time, next };
  if (marks instanceof Map) return marks.set(experiment, added);
  return lengthOf(added) > longestChain ? byExperiment(added) : added;
}

/** Removes an exposure that is there, and gives those that are left; null where none is. */
export function removeMark(marks: UserMarks, gone: Mark): UserMarks | null {
  const { experiment } = gone;
  const left = without(chainOf(marks, experiment)!, gone);
  if (!(marks instanceof Map)) return left;
  if (left === null) marks.delete(experiment);
  else marks.set(experiment, left);
  return marks.size > 0 ? marks : null;
}

/** Counts the exposures of a user. */
export function countMarks(marks: UserMarks): number {
  if (!(marks instanceof Map)) return lengthOf(marks);
  let count = 0;
  for (const first of marks.values()) count += lengthOf(first);
  return count;
}

function lengthOf(first: Mark): number {
  let length = 0;
  for (let mark: Mark | null = first; mark !== null; mark = mark.next) length++;
  return length;
}

function chainOf(
  marks: UserMarks | undefined,
  experiment: string,
): Mark | null {
  if (marks === undefined) return null;
  return marks instanceof Map ? marks.get(experiment) ?? null : marks;
}

function without(first: Mark, gone: Mark): Mark | null {
  const { next } = first;
  return first === gone || next === null
    ? next
    : { ...first, next: without(next, gone) };
}

function byExperiment(first: Mark): Map<string, Mark> {
  const map = new Map<string, Mark>();
  for (let mark: Mark | null = first; mark !== null; mark = mark.next) {
    const next = chainOf(map, mark.experiment);
    map.set(mark.experiment, { ...mark, next });
  }
  return map;
}
