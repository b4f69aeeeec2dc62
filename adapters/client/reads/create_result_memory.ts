import type { Context } from "../../../core/types/context.ts";
import type { FeatureResult } from "../../../core/types/result.ts";
import { isEqual } from "../../support/is_equal.ts";

/** Gives the object that was given before for a feature, as long as its result is equal. */
export type ResultMemory = (
  context: Context<object>,
  key: string,
  result: FeatureResult,
) => FeatureResult;

interface Kept {
  readonly result: FeatureResult;
  /** The number of the context for which it was looked at last. */
  seen: number;
}

/**
 * Makes a memory of results, so that a feature's result is the same object until it changes: what
 * renders by identity, such as React, relies on that. It holds one result for each feature that the
 * payload defines or the application forces, and the last context.
 */
export function createResultMemory(): ResultMemory {
  let byKey: Map<string, Kept> | null = null;
  let last: object | null = null;
  let features: object | undefined;
  let forced: object | undefined;
  let current = 0;

  const follow = (context: Context<object>) => {
    last = context;
    current++;
    if (
      context.features === features && context.forcedFeatureValues === forced
    ) return;
    features = context.features;
    forced = context.forcedFeatureValues;
    for (const key of byKey?.keys() ?? []) {
      if (!isKnown(context, key)) byKey?.delete(key);
    }
  };
  return (context, key, result) => {
    if (context !== last) follow(context);
    const kept = byKey?.get(key);
    if (kept !== undefined) {
      // A context gives a feature the same result each time.
      if (kept.seen === current) return kept.result;
      kept.seen = current;
      if (isEqual(kept.result, result)) return kept.result;
    }
    if (isKnown(context, key)) {
      (byKey ??= new Map()).set(key, { result, seen: current });
    }
    return result;
  };
}

function isKnown(
  { features = {}, forcedFeatureValues = {} }: Context<object>,
  key: string,
): boolean {
  return Object.hasOwn(features, key) ||
    Object.hasOwn(forcedFeatureValues, key);
}
