import type { FeatureResult } from "../types/result.ts";

/** What an evaluation has found out on its way. */
export interface Memo {
  /** The features that wait for a parent, innermost first; null outside of any. */
  frame: FeatureFrame | null;
  /** How often a feature was found on its own stack, or an assignment added. */
  changes: number;
  /** The parent that was evaluated first: most features have one at most. */
  firstKey: string | null;
  /** Its result; null before there is one. */
  firstResult: FeatureResult | null;
  /** The results of the others; null where there are none. */
  others: Map<string, FeatureResult> | null;
  /** The assignments that were added to the context's sticky buckets; null without any. */
  assigned: Assigned | null;
}

/** Variation keys, by the keys of a document and of an assignment, in records without a prototype. */
export interface Assigned {
  [documentKey: string]: { [assignmentKey: string]: string };
}

/** Gives the memo of an evaluation, to be added to. */
export function memoOf(evaluation: { memo: Memo | null }): Memo {
  return evaluation.memo ??= {
    frame: null,
    changes: 0,
    firstKey: null,
    firstResult: null,
    others: null,
    assigned: null,
  };
}

/** A feature that waits for a parent, and the one that asked for it in turn. */
export interface FeatureFrame {
  /** The key of the feature. */
  readonly key: string;
  /** How many ask, one through the other. */
  readonly depth: number;
  /** The feature that asked for it; null for the root. */
  readonly outer: FeatureFrame | null;
}

/** Finds the result of a feature; null where none is known. */
export function findKnown(memo: Memo, key: string): FeatureResult | null {
  return memo.firstKey === key
    ? memo.firstResult
    : memo.others?.get(key) ?? null;
}

/** Remembers the result of a feature. A map costs as much as a parent or two: the first needs none. */
export function remember(memo: Memo, key: string, result: FeatureResult): void {
  if (memo.firstKey === null) {
    memo.firstKey = key;
    memo.firstResult = result;
  } else (memo.others ??= new Map()).set(key, result);
}

/** Forgets all results: what a feature sees has changed. */
export function forget(memo: Memo): void {
  memo.firstKey = null;
  memo.firstResult = null;
  memo.others = null;
}
