import { askingSteps } from "../../pattern/pattern_step.ts";
import { beyondAscii, type CharacterSet, spaces } from "./character_set.ts";
import type { EmptyNode, PatternNode, RepeatNode } from "./pattern_tree.ts";

/** A step of the search for a pattern: how a way goes on that has come to it, and what that costs. */
export interface GraphStep {
  /** What it takes of the text; null for nothing. */
  readonly set: CharacterSet | null;
  /** Whether it is passed at the start of the text alone. */
  readonly isStart: boolean;
  /** What it costs. */
  readonly cost: number;
  /** What it costs more where the next character is not ASCII, or the text ends. */
  readonly more: number;
  /** What comes then, by index. */
  next: readonly number[];
}

/** The steps of a pattern. */
export interface PatternGraph {
  /** All steps. */
  readonly steps: readonly GraphStep[];
  /** Where each search begins, by index: that for the pattern, and then one for each look. */
  readonly starts: readonly number[];
}

/** The index of what comes after the last step. */
export const graphEnd = -1;

/** A pattern of more is not looked at. */
const maxSteps = 2_000;

/** A graph that is being made. */
interface Draft {
  readonly steps: GraphStep[];
  readonly looks: Set<EmptyNode>;
}

/**
 * Makes the steps that `parsePattern()` makes of a pattern without references, each with what it
 * costs; null for more than 2,000.
 */
export function makePatternGraph(tree: PatternNode): PatternGraph | null {
  const draft: Draft = { steps: [], looks: new Set() };
  const starts = [build(draft, tree, graphEnd, false)];
  // Looks are found while this goes on, also in looks. Each is gone through from its other end.
  for (const { sign, body } of draft.looks) {
    starts.push(build(draft, body!, graphEnd, !sign.includes("<")));
  }
  const { steps } = draft;
  return steps.length > maxSteps ? null : { steps, starts };
}

function build(
  draft: Draft,
  node: PatternNode,
  next: number,
  isBackward: boolean,
): number {
  if (draft.steps.length > maxSteps) return graphEnd;
  const go = (part: PatternNode, then: number) =>
    build(draft, part, then, isBackward);
  switch (node.kind) {
    case "characters": {
      const { set, isLiteral } = node;
      const more = isLiteral ? 0 : askingSteps;
      return add(draft, { set: widen(set), more, next: [next] });
    }
    case "sequence":
      return node.items[isBackward ? "reduce" : "reduceRight"](
        (then, item) => go(item, then),
        next,
      );
    case "alternatives":
      return node.options.map((option) => go(option, next)).reduceRight(
        (other, first) => add(draft, { next: [first, other] }),
      );
    case "repeat":
      return buildRepeat(draft, node, next, go);
    case "empty":
      if (node.body !== null) draft.looks.add(node);
      return add(draft, {
        isStart: node.sign === "^",
        cost: 1 + askingSteps,
        next: [next],
      });
    case "reference":
      throw new TypeError("Cannot tell what a reference costs");
  }
}

function buildRepeat(
  draft: Draft,
  { body, min, max }: RepeatNode,
  next: number,
  go: (part: PatternNode, then: number) => number,
): number {
  const { steps } = draft;
  let left = min;
  let step = next;
  if (max === Infinity) {
    const loop = step = add(draft, {});
    const turn = go(body, loop);
    steps[loop]!.next = [turn, next];
    if (left > 0) {
      step = turn;
      left--;
    }
  } else {
    for (let more = min; more < max; more++) {
      step = add(draft, { next: [go(body, step), next] });
    }
  }
  while (left-- > 0) step = go(body, step);
  return step;
}

function add({ steps }: Draft, step: Partial<GraphStep>): number {
  const plain = { set: null, isStart: false, cost: 1, more: 0, next: [] };
  return steps.push({ ...plain, ...step }) - 1;
}

// A space may be one beyond ASCII.
function widen(set: CharacterSet): CharacterSet {
  return (set & spaces) === spaces ? set | beyondAscii : set;
}
