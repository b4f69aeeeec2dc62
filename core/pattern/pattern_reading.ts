import { type Budget, type Step, tooLong } from "./pattern_step.ts";

/**
 * Makes the steps of a part of a pattern, in front of those that come then. The text is gone through
 * from right to left where it is backward.
 */
export type Part = (next: Step | null, isBackward: boolean) => Step | null;

/** Tells of a character, by its code; of none at all, NaN, it is false. */
export type Units = (code: number, budget: Budget) => boolean;

/** A pattern that is being taken apart. */
export interface Reading {
  /** The pattern. */
  readonly source: string;
  /** The names of its groups, by index; null for those without. */
  readonly names: (string | null)[];
  /** The characters of its classes and escapes. */
  readonly units: Map<string, Units>;
  /** The flags that hold where it is read. */
  flags: string;
  /** Whether it refers to some group. */
  usesReferences: boolean;
  /** How far it was read. */
  position: number;
  /** How many groups began. */
  group: number;
  /** How many repeats there are. */
  repeats: number;
  /** How deep the groups nest that are open. */
  depth: number;
  /** How many steps were made. */
  count: number;
  /** What all steps cost that were made, each tried once. */
  cost: number;
}

/** How many steps a pattern may come to; a class counts as many. */
const maxSteps = 20_000;

/** Begins to take a pattern apart. */
export function startReading(
  source: string,
  flags: string,
  names: Reading["names"],
): Reading {
  return {
    source,
    names,
    units: new Map(),
    flags,
    usesReferences: false,
    position: 0,
    group: 0,
    repeats: 0,
    depth: 0,
    count: 0,
    cost: 0,
  };
}

/** Reads on by a sticky pattern; null where it does not match. */
export function read(
  reading: Reading,
  pattern: RegExp,
): RegExpExecArray | null {
  pattern.lastIndex = reading.position;
  const found = pattern.exec(reading.source);
  if (found !== null) reading.position = pattern.lastIndex;
  return found;
}

/** Gives the name of a group without escapes; null for none. */
export function plainName(name: string | undefined): string | null {
  const groups = name && new RegExp(`(?<${name}>)`).exec("")!.groups;
  return groups ? Object.keys(groups)[0]! : null;
}

/** Counts steps; throws where they are too many. */
export function spend(reading: Reading, steps: number): void {
  if ((reading.count += steps) > maxSteps) throw tooLong;
}

/** Makes a step that costs something each time that it is tried. */
export function makeStep(
  reading: Reading,
  cost: number,
  follow: Step["follow"],
): Step {
  spend(reading, 1);
  reading.cost += cost;
  return { follow, seen: null };
}
