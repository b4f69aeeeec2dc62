import {
  type Budget,
  type Program,
  type Step,
  tooLong,
} from "./pattern_step.ts";
import { testStep } from "./test_step.ts";

/** Another way to go from a position, or, without a step, what a slot was before. */
type Turn = readonly [step: Step | null, position: number, before?: number];

/**
 * Tells whether a text matches a pattern with references. Tries one way to match after the other,
 * in the order of JavaScript's own engine, from each position or from the first alone. Throws where
 * that takes too many steps.
 */
export function backtrack(
  { start, looks, slots }: Program,
  text: string,
  isFirstOnly: boolean,
  budget: Budget,
): boolean {
  const marked = Array<number>(slots).fill(-1);
  const turns: Turn[] = [];

  const mark = (slot: number, position: number): void => {
    turns.push([null, slot, marked[slot]!]);
    marked[slot] = position;
  };

  // Goes back to the last turn after the first few; null where there is none.
  const back = (base: number): Turn | null => {
    while (turns.length > base) {
      const turn = turns.pop()!;
      if (turn[0] !== null) return turn;
      marked[turn[1]] = turn[2]!;
    }
    return null;
  };

  const run = (from: Step, at: number): boolean => {
    const base = turns.length;
    let step = from;
    let position = at;
    for (;;) {
      if ((budget.steps -= 3) < 0) throw tooLong;
      const { kind, next, isBackward, slot } = step;
      let passes = true;
      switch (kind) {
        case "end":
          return true;
        case "fork":
          turns.push([step.other!, position]);
          break;
        case "unit":
        case "anchor":
          passes = testStep(step, text, position);
          if (kind === "unit") position += isBackward ? -1 : 1;
          break;
        case "look": {
          const { start, isNegative } = looks[step.look!]!;
          const known = turns.length;
          passes = run(start, position) !== isNegative;
          if (isNegative) { while (back(known) !== null); }
          else dropTurns(turns, known);
          break;
        }
        case "mark":
          mark(slot!, position);
          break;
        case "clear":
          budget.steps -= step.until! - slot!;
          for (let each = slot!; each < step.until!; each++) {
            if (marked[each]! >= 0) mark(each, -1);
          }
          break;
        case "moved":
          passes = marked[slot!] !== position;
          break;
        case "reference": {
          const length = lengthOf(step, marked, text, position);
          budget.steps -= Math.abs(length);
          passes = length >= 0;
          position += isBackward ? -length : length;
        }
      }
      if (passes) step = next!;
      else {
        const turn = back(base);
        if (turn === null) return false;
        step = turn[0]!;
        position = turn[1];
      }
    }
  };

  for (let from = 0; from <= (isFirstOnly ? 0 : text.length); from++) {
    if (run(start, from)) return true;
  }
  return false;
}

// What was found around a position is not looked for in another way, but its marks can be undone.
function dropTurns(turns: Turn[], base: number): void {
  let kept = base;
  for (let index = base; index < turns.length; index++) {
    const turn = turns[index]!;
    if (turn[0] === null) turns[kept++] = turn;
  }
  turns.length = kept;
}

// How long the text of the group is, if it stands here again; less than 0, by what was compared,
// where it does not.
function lengthOf(
  { groups, isBackward, ignoresCase }: Step,
  marked: readonly number[],
  text: string,
  position: number,
): number {
  for (const group of groups!) {
    const from = marked[2 * group]!;
    const to = marked[2 * group + 1]!;
    if (from < 0 || to < 0) continue;
    const length = to - from;
    const start = isBackward ? position - length : position;
    if (start < 0 || start + length > text.length) return -1;
    for (let index = 0; index < length; index++) {
      const one = text[from + index]!;
      const other = text[start + index]!;
      if (
        one !== other && !(ignoresCase && foldUnit(one) === foldUnit(other))
      ) return -1 - index;
    }
    return length;
  }
  return 0;
}

// Source: ECMA-262, Canonicalize, without the flags `u` and `v`.
function foldUnit(unit: string): string {
  const upper = unit.toUpperCase();
  return upper.length > 1 || unit > "\x7f" && upper <= "\x7f" ? unit : upper;
}
