import { type Step, tooLong, type Units } from "./pattern_step.ts";

/** Makes the steps of a part of a pattern, in front of those that come then. */
export type Part = (next: Step, isBackward: boolean) => Step;

/** A pattern that is being taken apart. */
export interface Reading {
  /** The pattern. */
  readonly source: string;
  /** The names of its groups, empty for those without. */
  readonly names: readonly string[];
  /** Whether it takes code points. */
  readonly isUnicode: boolean;
  /** The characters of its classes and escapes. */
  readonly units: Map<string, Units>;
  /** How far it was read. */
  position: number;
  /** How many groups began. */
  group: number;
  /** How deep the groups nest that are open. */
  depth: number;
  /** Whether some group is referred to. */
  usesReferences: boolean;
  /** How many steps were made. */
  count: number;
  /** How many slots there are: two for each group, and one for each repeat. */
  slots: number;
  /** How many steps are reached in several ways. */
  shared: number;
}

/** How many steps a pattern may come to; a class counts as many. */
const maxSteps = 20_000;

const capture =
  /\\[^]|\[(?:[^\]\\]|\\[^])*\]|(\()(?:(?!\?)|\?<(?![=!])([^>]*)>)/g;

/** Begins to take a pattern apart. */
export function startReading(
  source: string,
  flags: string,
): Reading {
  const names = Array.from(source.matchAll(capture)).filter(([, open]) => open)
    .map(([, , name]) => plainName(name ?? ""));
  return {
    source,
    names,
    isUnicode: /[uv]/.test(flags),
    units: new Map(),
    position: 0,
    group: 0,
    depth: 0,
    usesReferences: false,
    count: 0,
    slots: names.length * 2,
    shared: 0,
  };
}

/** Gives the name of a group without escapes. */
export function plainName(name: string): string {
  return name.replace(
    /\\u\{?(\w+)\}?/g,
    (_, code: string) => String.fromCodePoint(parseInt(code, 16)),
  );
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

/** Counts steps; throws where they are too many. */
export function spend(reading: Reading, steps: number): void {
  if ((reading.count += steps) > maxSteps) throw tooLong;
}

const blank: Omit<Step, "kind" | "next"> = {
  other: null,
  units: null,
  isBackward: false,
  isNegative: false,
  slot: 0,
  groups: [],
  fold: null,
  shared: -1,
};

/** Makes a step. All have the same fields in the same order, which engines are fast with. */
export function makeStep(
  reading: Reading,
  kind: Step["kind"],
  next: Step | null,
  more?: Partial<Step>,
): Step {
  spend(reading, 1);
  return { kind, next, ...blank, ...more };
}

/** Numbers a step that is reached in several ways. */
export function share(reading: Reading, step: Step): void {
  if (!reading.usesReferences && step.shared < 0) {
    step.shared = reading.shared++;
  }
}
