import {
  askingSteps,
  type Budget,
  type Program,
  type Step,
  tooLong,
  type Units,
} from "./pattern_step.ts";

/** How much may be noted of a text: a byte for each shared step and position. */
export const maxNotes = 0x1000000;

// What is noted of a shared step at a position.
const isTried = 1;
const hasFailed = 2;
const hasMatched = 3;

/**
 * Tells whether a text matches a pattern, at some position or at the first alone. Tries one way to
 * match after the other, in the order of JavaScript's own engine. Throws past its budget of steps.
 *
 * What has failed once at a position is not tried there again, so that time grows with the text and
 * with the number of steps, and no faster; it is noted for those steps only that are reached in
 * several ways (Davis, Servant and Lee, "Using Selective Memoization to Defeat Regular Expression
 * Denial of Service", 2021). With references there are no notes: what comes then depends on what
 * the groups hold.
 */
export function searchText(
  { start, shared, slots, isUnicode }: Program,
  text: string,
  isFirstOnly: boolean,
  budget: Budget,
): boolean {
  const width = text.length + 1;
  if (shared * width > maxNotes) throw tooLong;
  const notes = new Uint8Array(shared * width);
  const marked = Array<number>(slots).fill(-1);
  // Other ways to go, each with its position. Without a step: something that changed on the way,
  // a slot with what it was before, or a note.
  const ways: (Step | null)[] = [];
  const places: number[] = [];
  // Notes that say no more than that a way leads back to itself, and those that rely on them.
  const circular = new Set<number>();
  const relying: number[] = [];

  const push = (step: Step | null, place: number): void => {
    ways.push(step);
    places.push(place);
  };

  // Goes back to the last way after the first few. It is then the last in the list of places.
  const back = (base: number): Step | null => {
    while (ways.length > base) {
      const step = ways.pop()!;
      if (step !== null) return step;
      const place = places.pop()!;
      if (slots > 0) {
        marked[Math.floor(place / (width + 1))] = place % (width + 1) - 1;
      } else {
        notes[place] = hasFailed;
        if (circular.size > 0) {
          circular.delete(place);
          if (circular.size > 0) relying.push(place);
          else relying.length = 0;
        }
      }
    }
    return null;
  };

  // What was found around a position is not looked for in another way, but slots can be undone.
  const settle = (base: number): void => {
    let kept = base;
    for (let index = base; index < ways.length; index++) {
      const place = places[index]!;
      if (ways[index] !== null) continue;
      if (slots > 0) {
        ways[kept] = null;
        places[kept++] = place;
      } else {
        notes[place] = hasMatched;
        circular.delete(place);
      }
    }
    ways.length = places.length = kept;
    for (const place of relying) notes[place] = 0;
    relying.length = 0;
  };

  const codeAt = (position: number, isBackward: boolean): number => {
    if (!isBackward) {
      return isUnicode
        ? text.codePointAt(position) ?? NaN
        : text.charCodeAt(position);
    }
    return isInside(position - 1)
      ? text.codePointAt(position - 2)!
      : text.charCodeAt(position - 1);
  };

  const isInside = (position: number): boolean =>
    isUnicode && text.codePointAt(position - 1)! > 0xffff;

  const isOneOf = (units: Units, code: number): boolean => {
    if (!(code >= 0)) return false;
    if (typeof units !== "function") return units === null || units === code;
    if (code > 127) budget.steps -= askingSteps;
    return units(code);
  };

  const lengthOf = (
    { groups, isBackward, fold }: Step,
    position: number,
  ): number => {
    budget.steps -= groups.length;
    const group = groups.find((group) =>
      marked[2 * group]! >= 0 && marked[2 * group + 1]! >= 0
    );
    if (group === undefined) return 0;
    const one = text.slice(marked[2 * group], marked[2 * group + 1]);
    const { length } = one;
    const from = isBackward ? position - length : position;
    budget.steps -= length;
    if (from < 0 || isInside(from) || isInside(from + length)) return -1;
    const other = text.slice(from, from + length);
    if (one === other) return length;
    if (fold === null || other.length < length) return -1;
    budget.steps -= askingSteps * length;
    if (budget.steps < 0) throw tooLong;
    const split = (text: string) =>
      isUnicode ? Array.from(text) : text.split("");
    const others = split(other);
    return split(one).every((unit, at) => fold.test(unit + others[at]))
      ? length
      : -1;
  };

  const run = (from: Step, at: number): boolean => {
    const base = ways.length;
    let step = from;
    let position = at;
    for (;;) {
      if (--budget.steps < 0) throw tooLong;
      const { isBackward, slot } = step;
      let passes = true;
      if (step.shared >= 0) {
        const place = step.shared * width + position;
        const note = notes[place];
        if (note === hasMatched) return true;
        passes = note === 0;
        if (passes) notes[place] = isTried;
        if (from !== start) {
          if (passes) push(null, place);
          else if (note === isTried) circular.add(place);
        }
      }
      if (passes) {
        switch (step.kind) {
          case "end":
            return true;
          case "unit": {
            const code = codeAt(position, isBackward);
            passes = isOneOf(step.units, code);
            const length = code > 0xffff ? 2 : 1;
            position += isBackward ? -length : length;
            break;
          }
          case "fork":
            push(step.other, position);
            break;
          case "anchor": {
            const { units } = step;
            passes = (slot !== 2 && isOneOf(units, codeAt(position, true))) !==
              (slot !== 1 && isOneOf(units, codeAt(position, false)));
            passes = passes !== step.isNegative;
            break;
          }
          case "look": {
            const known = ways.length;
            budget.steps -= askingSteps;
            passes = run(step.other!, position);
            if (passes) settle(known);
            if (step.isNegative) {
              back(known);
              passes = !passes;
            }
            break;
          }
          case "mark":
            push(null, slot * (width + 1) + marked[slot]! + 1);
            marked[slot] = step.isNegative ? -1 : position;
            break;
          case "moved":
            passes = marked[slot] !== position;
            break;
          case "reference": {
            const length = lengthOf(step, position);
            passes = length >= 0;
            position += isBackward ? -length : length;
          }
        }
      }
      if (passes) step = step.next!;
      else {
        const way = back(base);
        if (way === null) return false;
        step = way;
        position = places.pop()!;
      }
    }
  };

  for (let from = 0; from <= (isFirstOnly ? 0 : text.length); from++) {
    if (!isInside(from) && run(start, from)) return true;
  }
  return false;
}
