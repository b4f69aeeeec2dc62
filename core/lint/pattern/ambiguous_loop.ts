import type { CharacterSet } from "./character_set.ts";
import { overlapOf } from "./overlapping_alternatives.ts";
import type { PatternNode, RepeatNode } from "./pattern_tree.ts";
import { canMatch, type Effort, takeEffort } from "./pattern_shape.ts";

/** What a loop's ambiguity consists in. */
export type Ambiguity =
  | "nestedRepeats"
  | "overlappingAlternatives"
  | "countedRepeats";

/** What is repeated at most this often can't do much harm. */
const fewRepeats = 4;

/** What may be empty can be repeated this often without much harm. */
const someRepeats = 9;

/**
 * Finds out whether a repeat, a loop, can match one text in ways that multiply with its length, and
 * by what; null where it finds nothing.
 */
export function findAmbiguity(
  loop: RepeatNode,
  effort: Effort,
): Ambiguity | null {
  const { body, min, max } = loop;
  if (max <= fewRepeats) return null;
  const counted = max === Infinity ? min : max;
  if (
    counted > someRepeats && body.kind !== "empty" &&
    canMatch(body, 0n, effort)
  ) return "countedRepeats";
  return findInside(body, [], effort);
}

/**
 * Looks for what is ambiguous inside a loop's body. `around` is what a text has to pass between
 * one turn of a part and its next: the rest of the body after it, and the beginning up to it.
 */
function findInside(
  node: PatternNode,
  around: readonly PatternNode[],
  effort: Effort,
): Ambiguity | null {
  if (!takeEffort(effort, 1 + around.length)) return null;
  switch (node.kind) {
    case "sequence":
      return firstOf(node.items, (item, index) => {
        const { items } = node;
        const after = items.slice(index + 1);
        const before = items.slice(0, index);
        if (!takeEffort(effort, items.length)) return null;
        return findInside(item, [...after, ...around, ...before], effort);
      });
    case "alternatives": {
      const overlap = overlapOf(node.options, effort);
      if (overlap === "whole") return "overlappingAlternatives";
      if (overlap === "start" && canPass(around, 0n, effort)) {
        return "overlappingAlternatives";
      }
      return firstOf(
        node.options,
        (option) => findInside(option, around, effort),
      );
    }
    case "repeat": {
      const { body, min, max } = node;
      if (max < 1) return null;
      // If all that is around can be matched by the repeat itself, or be nothing, then it is not
      // clear where one turn of the loop ends and the next begins.
      const own = body.kind === "characters" ? body.set : 0n;
      if (max > 1 && max > min && canPass(around, own, effort)) {
        return "nestedRepeats";
      }
      return findInside(body, around, effort);
    }
    default:
      return null;
  }
}

function canPass(
  around: readonly PatternNode[],
  set: CharacterSet,
  effort: Effort,
): boolean {
  return around.every((part) => canMatch(part, set, effort));
}

function firstOf(
  nodes: readonly PatternNode[],
  find: (node: PatternNode, index: number) => Ambiguity | null,
): Ambiguity | null {
  for (let index = 0; index < nodes.length; index++) {
    const found = find(nodes[index]!, index);
    if (found !== null) return found;
  }
  return null;
}
