import {
  beyondAscii,
  characterOf,
  type CharacterSet,
} from "./character_set.ts";
import type { Ways } from "./longest_walk.ts";
import type { GraphStep } from "./pattern_graph.ts";
import { type Effort, takeEffort } from "./pattern_shape.ts";

/**
 * Follows a search through all texts at once: its states are the sets of steps that it can have at
 * a position, the first of them at its start, each with what a character costs and leads to. Null
 * where there are too many.
 *
 * Whether an anchor or a look passes is not known, so that it counts as passed, also at the end: no
 * search is over before its text. But `^` passes at the start alone, unless what is searched is itself
 * a look, which may be gone through from its other end.
 */
export function exploreGraph(
  steps: readonly GraphStep[],
  start: number,
  isLook: boolean,
  effort: Effort,
): readonly Ways[] | null {
  const letters = findLetters(steps);
  const known = new Map<string, number>();
  const sets: (readonly number[])[] = [];
  const find = (entries: Iterable<number>, isFirst: boolean): number => {
    const set = closeOver(steps, entries, isFirst);
    const key = set.join();
    const index = known.get(key) ?? sets.push(set) - 1;
    known.set(key, index);
    return index;
  };
  find([start], true);
  const states: Map<number, number>[] = [];
  for (const set of sets) {
    const ways = new Map<number, number>();
    states.push(ways);
    const costs = sum(set, (index) => steps[index]?.cost);
    const more = sum(set, (index) => steps[index]?.more);
    for (const letter of letters) {
      if (!takeEffort(effort, 1 + set.length)) return null;
      const entries = new Set([start]);
      for (const index of set) {
        const step = steps[index];
        if (
          step !== undefined && step.set !== null && (step.set & letter) !== 0n
        ) {
          for (const next of step.next) entries.add(next);
        }
      }
      const to = find(entries, isLook);
      const cost = letter === beyondAscii ? costs + more : costs;
      ways.set(to, Math.max(cost, ways.get(to) ?? 0));
    }
  }
  return states;
}

/** Gives one character for each group of those that no step tells apart, and all beyond ASCII together. */
function findLetters(steps: readonly GraphStep[]): readonly CharacterSet[] {
  const sets = new Set(steps.flatMap(({ set }) => set ?? []));
  const groups = new Map<string, CharacterSet>();
  for (let unit = 0; unit < 128; unit++) {
    const letter = characterOf(unit);
    const group = Array.from(sets, (set) => set & letter ? 1 : 0).join("");
    groups.set(group, letter);
  }
  return [...groups.values(), beyondAscii];
}

/** Adds what comes at once after steps, and gives all in order. */
function closeOver(
  steps: readonly GraphStep[],
  entries: Iterable<number>,
  isFirst: boolean,
): readonly number[] {
  const set = new Set(entries);
  // A set is gone through to the end, with all that is added meanwhile.
  for (const index of set) {
    const step = steps[index];
    if (step === undefined || step.set !== null) continue;
    if (step.isStart && !isFirst) continue;
    for (const next of step.next) set.add(next);
  }
  return Array.from(set).sort((one, other) => one - other);
}

function sum(
  set: readonly number[],
  read: (index: number) => number | undefined,
): number {
  return set.reduce((total, index) => total + (read(index) ?? 0), 0);
}
