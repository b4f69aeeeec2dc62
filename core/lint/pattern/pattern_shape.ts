import { anyCharacter, type CharacterSet } from "./character_set.ts";
import type { PatternNode } from "./pattern_tree.ts";

/** How much longer a pattern is looked at; what is not looked at counts as harmless. */
export interface Effort {
  /** Steps that are left. */
  left: number;
}

/** Takes from the effort; false once it is used up. */
export function takeEffort(effort: Effort, steps: number): boolean {
  effort.left -= steps;
  return effort.left >= 0;
}

/** Gives the parts that a node is made of. */
export function partsOf(node: PatternNode): readonly PatternNode[] {
  switch (node.kind) {
    case "sequence":
      return node.items;
    case "alternatives":
      return node.options;
    case "repeat":
      return [node.body];
    case "empty":
      return node.body === null ? [] : [node.body];
    default:
      return [];
  }
}

/**
 * Tells whether a node can match a text of a set's characters alone; of an empty set: whether it
 * can match the empty text.
 */
export function canMatch(
  node: PatternNode,
  set: CharacterSet,
  effort: Effort,
): boolean {
  if (!takeEffort(effort, 1)) return false;
  const test = (part: PatternNode) => canMatch(part, set, effort);
  switch (node.kind) {
    case "characters":
      return (node.set & set) !== 0n;
    case "sequence":
      return node.items.every(test);
    case "alternatives":
      return node.options.some(test);
    case "repeat":
      return node.min === 0 || test(node.body);
    case "empty":
      return true;
    case "reference":
      return set !== 0n;
  }
}

/** Gives the characters that a text matched by a node can begin with. */
export function firstCharacters(
  node: PatternNode,
  effort: Effort,
): CharacterSet {
  if (!takeEffort(effort, 1)) return 0n;
  switch (node.kind) {
    case "characters":
      return node.set;
    case "sequence": {
      let set = 0n;
      for (const item of node.items) {
        set |= firstCharacters(item, effort);
        if (!canMatch(item, 0n, effort)) break;
      }
      return set;
    }
    case "alternatives":
      return node.options.reduce(
        (set, option) => set | firstCharacters(option, effort),
        0n,
      );
    case "repeat":
      return firstCharacters(node.body, effort);
    case "empty":
      return 0n;
    case "reference":
      return anyCharacter;
  }
}
