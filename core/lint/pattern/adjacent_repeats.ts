import type { CharacterSet } from "./character_set.ts";
import type { PatternNode } from "./pattern_tree.ts";

/** A repeat of at most this many characters can't do much harm. */
const shortest = 20;

/**
 * Tells whether repeats of the same characters stand side by side, or three of them with something
 * optional in between, so that a text could be split up between them in many ways.
 */
export function hasAdjacentRepeats(items: readonly PatternNode[]): boolean {
  let last: Run | null = null;
  for (const item of items) {
    const set = repeatedSet(item);
    if (set === null) {
      if (!isOptional(item)) last = null;
      else if (last !== null) last = apart(last);
      continue;
    }
    if (last === null || (last.set & set) === 0n) {
      last = { set, count: 1, isSideBySide: true };
      continue;
    }
    const count: number = last.count + 1;
    if (last.isSideBySide || count > 2) return true;
    last = { set, count, isSideBySide: true };
  }
  return false;
}

function apart({ set, count }: Run): Run {
  return { set, count, isSideBySide: false };
}

/** Repeats that share characters. */
interface Run {
  /** The characters of the last. */
  readonly set: CharacterSet;
  /** How many there are. */
  readonly count: number;
  /** Whether nothing stands between the last and what comes next. */
  readonly isSideBySide: boolean;
}

function repeatedSet(node: PatternNode): CharacterSet | null {
  return node.kind === "repeat" && node.max > shortest &&
      node.body.kind === "characters"
    ? node.body.set
    : null;
}

function isOptional(node: PatternNode): boolean {
  return node.kind === "empty" || node.kind === "repeat" && node.min === 0;
}
