import {
  type Anchor,
  askingSteps,
  type Budget,
  ends,
  forks,
  marks,
  moves,
  type Program,
  repeats,
  stands,
  type Step,
  takes,
  tooLong,
  type Units,
} from "./pattern_step.ts";

/** A search, with the positions where what is looked for was found. */
interface Search {
  readonly program: Program;
  readonly text: string;
  readonly budget: Budget;
  readonly found: Map<Step, Uint8Array>;
}

/**
 * What the groups of a way hold: that of the slots from one up to another, and what it was before;
 * null where nothing depends on that.
 */
type Marks = {
  readonly slots: readonly number[];
  readonly position: number;
  readonly outer: Marks;
} | null;

/**
 * Tells whether a text matches a pattern, at some position or at the first alone. Goes through the
 * text once and follows all ways to match at the same time (Thompson, 1968), each step at most once
 * at a position, so that time grows with the text and with the number of steps, and no faster.
 * What is looked for around a position is found out for all positions at once, from the other end.
 * Throws past its budget of steps.
 *
 * With references a way goes by what its groups hold, so that no two are the same. They are followed
 * in the order of JavaScript's own engine: of what is looked for around a position, the first way
 * that matches counts.
 */
export function searchText(
  program: Program,
  text: string,
  isFirstOnly: boolean,
  budget: Budget,
): boolean {
  const search = { program, text, budget, found: new Map<Step, Uint8Array>() };
  const nothing = program.usesReferences
    ? { slots: [], position: NaN, outer: null }
    : null;
  return scan(search, program.start, 0, nothing, !isFirstOnly) !== undefined;
}

/**
 * Follows all ways from a position, or from each (`isAnywhere`), in the direction of the step. Gives
 * what the first way that matches holds; undefined where none matches. Where `hits` is given, notes
 * instead where ways end.
 */
function scan(
  search: Search,
  start: Step,
  from: number,
  given: Marks,
  isAnywhere: boolean,
  hits?: Uint8Array,
): Marks | undefined {
  const { program, text, budget } = search;
  const { isBackward } = start;
  let found: Marks | undefined;
  let ways: (Step | Marks)[] = [];
  for (let position = from;;) {
    const before = codeBefore(program, text, position);
    const after = codeAfter(program, text, position);
    const code = isBackward ? before : after;
    const now = ++program.clock;
    if (isAnywhere || position === from) ways.push(start, given);
    // Turned round, the first way is the last, which is the next to be taken.
    const waiting = ways.reverse();
    ways = [];
    while (waiting.length > 0) {
      const step = waiting.pop() as Step;
      const held = waiting.pop() as Marks;
      if (held === null && step.seen === now) continue;
      step.seen = now;
      if (--budget.steps < 0) throw tooLong;
      const { kind, next, other, test } = step;
      if (kind === ends) {
        if (hits !== undefined) hits[position] = 1;
        else if (isAnywhere) return held;
        else {
          found = held;
          waiting.length = 0;
        }
      } else if (kind === forks) waiting.push(held, other, held, next);
      else if (kind === takes) {
        if (
          typeof test === "number" ? code === test : asks(test, code, budget)
        ) ways.push(next, held);
      } else if (kind === repeats) {
        waiting.push(held, writeOut(search, step, held));
      } else {
        const passed = kind === stands
          ? (test as Anchor)(before, after) ? held : undefined
          : pass(search, step, held, position);
        if (passed !== undefined) waiting.push(passed, next);
      }
    }
    if (!(code >= 0) || !isAnywhere && ways.length === 0) return found;
    position += (code > 0xffff ? 2 : 1) * (isBackward ? -1 : 1);
  }
}

// Only what is not known of ASCII is asked of the engine.
function asks(test: Step["test"], code: number, budget: Budget): boolean {
  if (code > 127) budget.steps -= askingSteps;
  return (test as Units)(code);
}

function codeAfter(
  { isUnicode }: Program,
  text: string,
  position: number,
): number {
  return isUnicode
    ? text.codePointAt(position) ?? NaN
    : text.charCodeAt(position);
}

function codeBefore(
  program: Program,
  text: string,
  position: number,
): number {
  const code = codeAfter(program, text, position - 2);
  return code > 0xffff ? code : text.charCodeAt(position - 1);
}

/** Looks around, marks, or asks whether a turn has moved: what is held then; undefined ends a way. */
function pass(
  search: Search,
  { kind, other, slots, isNegative }: Step,
  held: Marks,
  position: number,
): Marks | undefined {
  search.budget.steps -= askingSteps;
  if (kind === marks) {
    return { slots, position: isNegative ? NaN : position, outer: held };
  }
  if (kind === moves) {
    return positionOf(search, held, slots[0]!) === position ? undefined : held;
  }
  const found = held === null
    ? isFoundAt(search, other!, position) ? held : undefined
    : scan(search, other!, position, held, false);
  if (!isNegative) return found;
  return found === undefined ? held : undefined;
}

function isFoundAt(search: Search, start: Step, position: number): boolean {
  const { found, text: { length } } = search;
  let hits = found.get(start);
  if (hits === undefined) {
    found.set(start, hits = new Uint8Array(length + 1));
    scan(search, start, start.isBackward ? length : 0, null, true, hits);
  }
  return hits[position] === 1;
}

/** Gives the position that a slot holds; NaN where it holds none. */
function positionOf({ budget }: Search, held: Marks, slot: number): number {
  for (let mark = held; mark !== null; mark = mark.outer) {
    budget.steps--;
    const [from, until] = mark.slots;
    if (slot >= from! && slot < until!) return mark.position;
  }
  return NaN;
}

/** Writes a reference out: a step for each character that its group holds. */
function writeOut(search: Search, reference: Step, held: Marks): Step {
  const { program, text, budget } = search;
  const { next, slots, test, isBackward } = reference;
  let step = next!;
  for (const slot of slots) {
    const from = positionOf(search, held, slot);
    const until = positionOf(search, held, slot + 1);
    if (!(until > from)) continue;
    budget.steps -= (until - from) * askingSteps;
    if (budget.steps < 0) throw tooLong;
    const group = text.slice(from, until);
    const characters = program.isUnicode ? Array.from(group) : group.split("");
    for (const one of isBackward ? characters : characters.reverse()) {
      const same = test === null
        ? one.codePointAt(0)!
        : (code: number) =>
          code >= 0 && (test as RegExp).test(one + String.fromCodePoint(code));
      step = { ...reference, kind: takes, next: step, test: same };
    }
  }
  return step;
}
