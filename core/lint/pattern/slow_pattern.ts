import { hasAdjacentRepeats } from "./adjacent_repeats.ts";
import { findAmbiguity } from "./ambiguous_loop.ts";
import { type PatternNode, readPatternTree } from "./pattern_tree.ts";
import { mayTakeManySteps } from "./many_steps.ts";
import { type Effort, partsOf } from "./pattern_shape.ts";

/** Why a regular expression may take very long. */
export const slowPatternReasons = [
  "nestedRepeats",
  "overlappingAlternatives",
  "adjacentRepeats",
  "countedRepeats",
  "manySteps",
] as const;

/** Why a regular expression may take very long. */
export type SlowPatternReason = typeof slowPatternReasons[number];

/** Longer patterns are not looked at. */
const longest = 1000;

/**
 * Tells why a regular expression may take very long on the wrong text, because the ways in which it
 * could match multiply while it backtracks; null where it finds no reason.
 *
 * `source` is a valid JavaScript pattern without the `u` and `v` flags, `ignoreCase` says whether
 * it has the `i` flag. It is only looked at, never run:
 * - `nestedRepeats`: a repeat in a repeat, where the text could be split up otherwise: `(a+)+`,
 *   `(\w+\s?)*`, `(.*a){20}`; not `(\w+\.)+`, where the dots decide
 * - `overlappingAlternatives`: alternatives that begin alike, repeated: `(a|a)*`, `(a|ab)*`
 * - `adjacentRepeats`: repeats of the same characters, two side by side or three with something
 *   optional between them: `\d*\d*`, `\s*,?\s*,?\s*`
 * - `countedRepeats`: what may be empty, repeated ten times or more: `(a?){20}`
 * - `manySteps`: none of these, and yet the search could give up on a text of 10,000 characters
 *
 * It can be wrong in both directions. It doesn't see whether something after the repeat can fail, without
 * which nothing is slow. It misses repeats that are kept apart only by a text which they match too
 * (`.*foo.*bar.*`, common and seldom slow enough to matter), repeats of more than one character side by
 * side (`(ab)*(ab)*`), what a back reference does, alternatives that differ at first and are the same
 * text in the end, and everything in patterns of more than 1,000 characters or too intricate to be looked
 * at in a moment; of these only the last finds something. Beyond ASCII it may take different characters
 * for the same.
 */
export function slowPattern(
  source: string,
  ignoreCase: boolean,
): SlowPatternReason | null {
  const reason = findReason(source, ignoreCase);
  return reason ?? (mayTakeManySteps(source, ignoreCase) ? "manySteps" : null);
}

function findReason(
  source: string,
  ignoreCase: boolean,
): SlowPatternReason | null {
  if (source.length > longest || !/[*+{]/.test(source)) return null;
  const effort = { left: 10_000 };
  const waiting = [readPatternTree(source, ignoreCase)];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const reason = judge(node, effort);
    if (reason !== null) return reason;
    waiting.push(...partsOf(node));
  }
  return null;
}

function judge(node: PatternNode, effort: Effort): SlowPatternReason | null {
  switch (node.kind) {
    case "sequence":
      return hasAdjacentRepeats(node.items) ? "adjacentRepeats" : null;
    case "repeat":
      return findAmbiguity(node, effort);
    default:
      return null;
  }
}
