import { fault } from "../support/fault.ts";

/**
 * A nondeterministic finite automaton that matches as a JavaScript regular expression does. It is
 * run on all paths at once and never goes back, so its time grows with the text and no faster.
 * Source: Thompson, "Regular Expression Search Algorithm", 1968; Cox, "Regular Expression Matching:
 * the Virtual Machine Approach", 2009.
 */
export interface Automaton {
  /** The state that says a match was found. */
  readonly match: number;
  /** The state that follows, or the first of two; the state of the match follows itself. */
  readonly first: number[];
  /** The second of two states that follow; -1 where there is one. */
  readonly second: number[];
  /** What the next code unit must be; null for a state that takes none. */
  readonly unit: (UnitTest | null)[];
  /** What must hold where the state is reached; null where nothing must. */
  readonly assertion: (Assertion | null)[];
}

/** Whether a code unit, as a string, is what a state takes. */
type UnitTest = (unit: string) => boolean;

/** `^`, `$`, `\b` and `\B`, or the start of what must or must not follow. */
interface Assertion {
  readonly kind: string;
  readonly start: number;
}

/** How many states an automaton may have. */
const maxStates = 4_000;

/** Makes an automaton that matches everywhere. */
export function createAutomaton(): Automaton {
  return {
    match: 0,
    first: [0],
    second: [-1],
    unit: [null],
    assertion: [null],
  };
}

/** Adds a state that leads to two others. */
export function addSplit(
  automaton: Automaton,
  first: number,
  second: number,
): number {
  return add(automaton, first, second, null, null);
}

/** Adds a state that takes one code unit, as a piece of a pattern that matches one says. */
export function addUnit(
  automaton: Automaton,
  source: string,
  flags: string,
  next: number,
): number {
  const pattern = new RegExp(`^(?:${escapeBrace(source)})$`, flags);
  return add(automaton, next, -1, (unit) => pattern.test(unit), null);
}

/** Adds a state that is passed only where an assertion holds. */
export function addAssertion(
  automaton: Automaton,
  kindOrStart: string | number,
  next: number,
  lookahead = "",
): number {
  const assertion = typeof kindOrStart === "number"
    ? { kind: lookahead, start: kindOrStart }
    : { kind: kindOrStart, start: -1 };
  return add(automaton, next, -1, null, assertion);
}

/** An automaton at work on a text. */
export interface Run {
  /** The automaton. */
  readonly automaton: Automaton;
  /** The text. */
  readonly text: string;
  /** How many more states may be entered before it is given up. */
  steps: number;
}

/** Thrown where a run takes too many steps. */
export const tooLong: Error = /* @__PURE__ */ fault(
  "the text is too long for the pattern",
);

/**
 * Whether the pattern that begins at a state matches from a position on: right there where it is
 * anchored, anywhere else where it is not. Throws {@linkcode tooLong} when the steps run out.
 */
export function runAutomaton(
  run: Run,
  start: number,
  from: number,
  anchored: boolean,
): boolean {
  const { automaton, text } = run;
  const seen = new Int32Array(automaton.first.length).fill(-1);
  let active: number[] = [];
  for (let position = from;; position++) {
    if (position === from || !anchored) {
      reach(run, start, position, seen, active);
    }
    if (seen[automaton.match] === position) return true;
    if (position === text.length || active.length === 0 && anchored) {
      return false;
    }
    const before = active;
    active = [];
    for (const state of before) {
      if (automaton.unit[state]!(text[position]!)) {
        reach(run, automaton.first[state]!, position + 1, seen, active);
      }
    }
  }
}

// Enters a state and all that are reached from it without taking a code unit.
function reach(
  run: Run,
  state: number,
  position: number,
  seen: Int32Array,
  reached: number[],
): void {
  const { first, second, unit, assertion } = run.automaton;
  const waiting = [state];
  while (waiting.length > 0) {
    const next = waiting.pop()!;
    if (next < 0 || seen[next] === position) continue;
    if (--run.steps < 0) throw tooLong;
    seen[next] = position;
    const asserted = assertion[next]!;
    if (asserted !== null && !holds(run, asserted, position)) continue;
    if (unit[next] !== null) reached.push(next);
    else waiting.push(second[next]!, first[next]!);
  }
}

function holds(
  run: Run,
  { kind, start }: Assertion,
  position: number,
): boolean {
  const { text } = run;
  switch (kind) {
    case "^":
      return position === 0;
    case "$":
      return position === text.length;
    case "=":
      return runAutomaton(run, start, position, true);
    case "!":
      return !runAutomaton(run, start, position, true);
  }
  const isBoundary = isWord(text[position - 1]) !== isWord(text[position]);
  return isBoundary === (kind === "\\b");
}

function isWord(unit: string | undefined): boolean {
  return unit !== undefined && /\w/.test(unit);
}

// Outside of a quantifier a brace or a bracket stands for itself.
function escapeBrace(source: string): string {
  return source.length === 1 && "{}]".includes(source) ? `\\${source}` : source;
}

function add(
  automaton: Automaton,
  first: number,
  second: number,
  unit: UnitTest | null,
  assertion: Assertion | null,
): number {
  if (automaton.first.length >= maxStates) {
    throw new RangeError("the pattern needs too many states");
  }
  automaton.second.push(second);
  automaton.unit.push(unit);
  automaton.assertion.push(assertion);
  return automaton.first.push(first) - 1;
}
