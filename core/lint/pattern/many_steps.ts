import { trustedSteps } from "../../pattern/compile_pattern.ts";
import { parsePattern } from "../../pattern/parse_pattern.ts";
import { askingSteps, searchSteps } from "../../pattern/pattern_step.ts";
import { trustedLength } from "../../pattern/trusted_length.ts";
import { type PatternNode, readPatternTree } from "./pattern_tree.ts";

/** The longest text that counts: longer attributes are not usual. */
const textLength = 10_000;

/**
 * Tells whether matching a valid pattern could take more steps than it may on a text of 10,000
 * characters. It never misses one that could: a pattern with references may take any number of
 * steps, another at most as many as its own steps cost, for each position.
 *
 * It does not look at longer texts. What is quick on any text of 100,000 characters has a tenth of
 * the steps, and most patterns with two classes would be reported that never come to such a text.
 */
export function mayTakeManySteps(source: string, ignoreCase: boolean): boolean {
  if (trustedLength(source, trustedSteps) > textLength + 1) return false;
  try {
    const { marks, cost } = parsePattern(source, ignoreCase ? "i" : "");
    if (marks !== null) return true;
    // One that begins at the start of the text alone gets no further than it has steps. Whether it is
    // there, it asks at all positions.
    const tree = readPatternTree(source, ignoreCase);
    const isShort = source[0] === "^" && tree.kind !== "alternatives" &&
      !/[*+]|,\}/.test(source);
    const looks = costOfLooks(tree, 0);
    const most = isShort
      ? cost ** 2 + (looks + 1 + askingSteps) * (textLength + 1)
      : (cost + 1) * (textLength + 1);
    return most > searchSteps;
  } catch {
    return true;
  }
}

/**
 * What those parts cost that are looked for, which is done at all positions: a part counts as
 * `own`, which is nothing outside of a look.
 */
function costOfLooks(node: PatternNode, own: number): number {
  const sum = (nodes: readonly PatternNode[]) =>
    nodes.reduce((total, node) => total + costOfLooks(node, own), 0);
  switch (node.kind) {
    case "sequence":
      return sum(node.items);
    case "alternatives":
      return sum(node.options) + own * node.options.length;
    case "repeat": {
      const turns = node.max < Infinity ? node.max : Math.max(node.min, 1);
      return turns * (costOfLooks(node.body, own) + own);
    }
    case "empty":
      return own +
        (node.body === null ? 0 : costOfLooks(node.body, 1 + askingSteps) + 1);
  }
  return own;
}
