import { parsePattern } from "../../pattern/parse_pattern.ts";
import { attempt } from "../../support/attempt.ts";
import { exploreGraph } from "./explore_graph.ts";
import { longestWalk } from "./longest_walk.ts";
import { makePatternGraph, type PatternGraph } from "./pattern_graph.ts";
import { readPatternTree } from "./pattern_tree.ts";

/** What is read as `parsePattern()` reads it: no flags in groups, no references, no odd escapes. */
const plainEscape =
  /\\(?:[bBdDsSwWfnrtv]|[^\w]|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4})/g;
const oddPart = /\\|\(\?(?!:|<?[=!]|<\w{1,50}>)/;

/** Longer patterns are not looked at. */
const longest = 1_000;

/**
 * Tells how many steps the search for a valid pattern takes at most, whatever the text of a length is.
 * It may be fewer, but never more. Infinity for a pattern with references, which may take any number,
 * and for one that is never searched for.
 *
 * That is at most what all steps cost, for each position. Where this is not `enough`, it follows all
 * texts at once: which steps a search may have at a position, and what each character costs there and
 * leads to. So it knows that of `iPhone|iPad|Android` few steps are ever tried at the same position.
 */
export function mostSteps(
  source: string,
  ignoreCase: boolean,
  length: number,
  enough = 0,
): number {
  const program = attempt(
    () => parsePattern(source, ignoreCase ? "i" : ""),
    null,
  );
  if (program === null || program.marks !== null) return Infinity;
  const positions = length + 1;
  const all = program.cost * positions;
  if (all <= enough || source.length > longest) return all;
  if (oddPart.test(source.replace(plainEscape, ""))) return all;
  const graph = makePatternGraph(readPatternTree(source, ignoreCase));
  return graph === null ? all : Math.min(all, costOf(graph, positions));
}

function costOf(graph: PatternGraph, positions: number): number {
  const effort = { left: 120_000 };
  let total = 0;
  for (const [index, start] of graph.starts.entries()) {
    const states = exploreGraph(graph.steps, start, index > 0, effort);
    if (states === null) return Infinity;
    total += longestWalk(states, positions);
  }
  return total;
}
