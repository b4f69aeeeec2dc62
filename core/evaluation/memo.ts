import type { FeatureResult } from "../types/result.ts";
import type { StickyAssignmentDocuments } from "../types/sticky_bucket.ts";

/** What an evaluation has found out on its way. */
export interface Memo {
  /** The features that wait for a parent, innermost first; null outside of any. */
  frame: FeatureFrame | null;
  /** How often a feature was found on its own stack. */
  cycles: number;
  /** The result of the parent that was evaluated first: most features have one at most. */
  first: KnownResult | null;
  /** Those of the others; null where there are none. */
  others: Map<string, KnownResult> | null;
  /** The sticky buckets once assignments were added; null while they are the context's. */
  evolved: StickyAssignmentDocuments | null;
  /** How many assignments were added. */
  assigned: number;
}

/** Gives the memo of an evaluation, to be added to. */
export function memoOf(evaluation: { memo: Memo | null }): Memo {
  return evaluation.memo ??= {
    frame: null,
    cycles: 0,
    first: null,
    others: null,
    evolved: null,
    assigned: 0,
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

/** A feature's result, good for as long as no assignment is added. */
export interface KnownResult {
  /** The key of the feature. */
  readonly key: string;
  /** The result. */
  readonly result: FeatureResult;
  /** How many assignments had been added when its evaluation began. */
  readonly assigned: number;
}

/** Finds what is known of a feature; undefined where nothing is. */
export function findKnown(
  { first, others }: Memo,
  key: string,
): KnownResult | undefined {
  return first?.key === key ? first : others?.get(key);
}

/** Remembers the result of a feature. A map costs as much as a parent or two: the first needs none. */
export function remember(memo: Memo, known: KnownResult): void {
  if (memo.first === null || memo.first.key === known.key) memo.first = known;
  else (memo.others ??= new Map()).set(known.key, known);
}
