import type { Node } from "typescript";

/** What takes the place of a node's text. */
export interface Edit {
  /** Where the replaced text begins. */
  readonly start: number;
  /** Where it ends, not included. */
  readonly end: number;
  /** What stands there instead. */
  readonly text: string;
}

/** The edits that one kind of mutation makes at a node; none where it doesn't apply. */
export type Mutator = (node: Node) => readonly Edit[];

/** Makes an edit that replaces a node as a whole. */
export function replace(node: Node, text: string): Edit {
  return { start: node.getStart(), end: node.getEnd(), text };
}
