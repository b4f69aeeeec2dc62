import { type Step, tooLong, type Units } from "./pattern_step.ts";

/** Makes the steps of a part of a pattern, in front of those that come then. */
export type Part = (next: Step) => Step;

/** A pattern that is being taken apart. */
export interface Reading {
  /** The pattern. */
  readonly source: string;
  /** The names of its groups, empty for those without. */
  readonly names: readonly string[];
  /** Whether some group may be referred to. */
  readonly usesReferences: boolean;
  /** Whether it takes code points. */
  readonly isUnicode: boolean;
  /** The characters of its classes and escapes. */
  readonly units: Map<string, Units>;
  /** The flags that hold where it is read. */
  flags: string;
  /** Whether the text is gone through from right to left there. */
  isBackward: boolean;
  /** How far it was read. */
  position: number;
  /** How many groups began. */
  group: number;
  /** How deep the groups nest that are open. */
  depth: number;
  /** How many steps were made. */
  count: number;
  /** How many slots there are: two for each group, and one for each repeat. */
  slots: number;
}

/** How many steps a pattern may come to; a class counts as many. */
const maxSteps = 20_000;

const token =
  /\\([1-9k]|[^])|\[(?:[^\]\\]|\\[^])*\]|(\()(?:(?!\?)|\?<(?![=!])([^>]*)>)/g;

/** Begins to take a pattern apart. */
export function startReading(source: string, flags: string): Reading {
  const tokens = Array.from(source.matchAll(token));
  const names = tokens.filter(([, , open]) => open)
    .map(([, , , name = ""]) => plainName(name));
  return {
    source,
    names,
    usesReferences: names.length > 0 &&
      tokens.some(([, escaped]) => /[1-9k]/.test(escaped ?? "")),
    isUnicode: /[uv]/.test(flags),
    units: new Map(),
    flags,
    isBackward: false,
    position: 0,
    group: 0,
    depth: 0,
    count: 0,
    slots: names.length * 2,
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

/** Makes a step. All have the same fields in the same order, which engines are fast with. */
export function makeStep(
  reading: Reading,
  kind: number,
  next: Step | null,
  other: Step | null = null,
  test: Step["test"] = null,
  slots: readonly number[] = [],
  isNegative = false,
): Step {
  spend(reading, 1);
  const { isBackward } = reading;
  return { kind, next, other, test, slots, isNegative, isBackward, seen: 0 };
}
