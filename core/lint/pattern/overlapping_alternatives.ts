import type { CharacterSet } from "./character_set.ts";
import type { PatternNode } from "./pattern_tree.ts";
import { type Effort, firstCharacters, takeEffort } from "./pattern_shape.ts";

/** As many characters as are compared. */
const longest = 50;

/**
 * Tells how far two of a list of alternatives can match the same text: the whole of it (`a|a`), or
 * the start (`a|ab`); null where their first characters tell all of them apart.
 */
export function overlapOf(
  alternatives: readonly PatternNode[],
  effort: Effort,
): "whole" | "start" | null {
  const heads = alternatives.map((alternative) =>
    readHead(alternative, effort)
  );
  let found: "start" | null = null;
  for (let index = 0; index < heads.length; index++) {
    for (let other = index + 1; other < heads.length; other++) {
      if (!takeEffort(effort, 1)) return found;
      const overlap = compare(heads[index]!, heads[other]!);
      if (overlap === "whole") return overlap;
      found ??= overlap;
    }
  }
  return found;
}

/** The characters that an alternative begins with. */
interface Head {
  /** The sets of those that come first, one for each place. */
  readonly sets: CharacterSet[];
  /** What comes first. */
  readonly first: CharacterSet;
  /** Whether that is all there is to it. */
  isWhole: boolean;
}

function compare(one: Head, other: Head): "whole" | "start" | null {
  const count = Math.min(one.sets.length, other.sets.length);
  if (count === 0) return (one.first & other.first) === 0n ? null : "start";
  for (let index = 0; index < count; index++) {
    if ((one.sets[index]! & other.sets[index]!) === 0n) return null;
  }
  const isSame = one.isWhole && other.isWhole &&
    one.sets.length === other.sets.length;
  return isSame ? "whole" : "start";
}

function readHead(node: PatternNode, effort: Effort): Head {
  const first = firstCharacters(node, effort);
  const head: Head = { sets: [], first, isWhole: true };
  extend(head, node, effort);
  return head;
}

function extend(head: Head, node: PatternNode, effort: Effort): void {
  if (!head.isWhole) return;
  if (head.sets.length >= longest || !takeEffort(effort, 1)) {
    head.isWhole = false;
    return;
  }
  switch (node.kind) {
    case "characters":
      head.sets.push(node.set);
      break;
    case "sequence":
      for (const item of node.items) extend(head, item, effort);
      break;
    case "repeat":
      for (let turn = 0; turn < Math.min(node.min, longest); turn++) {
        extend(head, node.body, effort);
      }
      if (node.max > node.min || node.min > longest) head.isWhole = false;
      break;
    case "empty":
      break;
    default:
      head.isWhole = false;
  }
}
