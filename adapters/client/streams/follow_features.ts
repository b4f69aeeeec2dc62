import type { FeatureResult } from "../../../core/types/result.ts";
import { peekFeature } from "../reads/create_reads.ts";
import type { StreamCore } from "./stream_core.ts";

/** The results of features, by key. */
export type Results = ReadonlyMap<string, FeatureResult>;

/**
 * Watches all features that there are, without recording: `tell` gets their results by key at once, and
 * after each change of the state, and is told whether any of them changed. One that has to wait keeps
 * the result it had. Gives what stops it.
 */
export function followFeatures(
  { scope, keeper: { late } }: Pick<StreamCore, "scope" | "keeper">,
  tell: (results: Results, isChanged: boolean) => void,
): () => void {
  let known: Results | null = null;
  const update = () => {
    const before = known;
    const results = new Map<string, FeatureResult>();
    for (const key of Object.keys(scope.context().features ?? {})) {
      const result = scope.waiting(key) === null
        ? peekFeature(scope, key)
        : before?.get(key);
      if (result !== undefined) results.set(key, result);
    }
    known = results;
    // A result is the same object until it changes.
    const isSame = results.size === before?.size &&
      [...results].every(([key, result]) => before.get(key) === result);
    tell(results, !isSame);
  };
  update();
  return late.add(update);
}
