import type { CompiledFeature } from "../feature/compile_feature.ts";

/**
 * A reference to a feature, with what was found by it last. It knows the turn of the record in which that was,
 * and not the record itself, which would stay in memory as long as the definition that refers.
 */
export interface FeatureReference {
  /** The key of the feature. */
  readonly id: string;
  /** The turn of the record; 0 before the feature was found. */
  turn: number;
  /** The feature. */
  found: CompiledFeature | null;
}

/** Makes a reference that was not looked up yet. */
export function referTo(id: string): FeatureReference {
  return { id, turn: 0, found: null };
}
