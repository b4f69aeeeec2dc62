import {
  type FeatureDependencies,
  featureDependencies,
} from "../../core/feature/feature_dependencies.ts";
import type { Payload } from "../../core/types/payload.ts";

const nothing: Payload = { features: {} };

// Payloads are immutable and what their features depend on is always the same, so this can't be
// seen.
const known = new WeakMap<Payload, Map<string, FeatureDependencies>>();

/** Gives what a feature of a payload depends on, found once; of a payload that is to come, its key. */
export function dependenciesOf(
  payload: Payload | null,
  key: string,
): FeatureDependencies {
  if (payload === null) return featureDependencies(nothing, key);
  let features = known.get(payload);
  if (features === undefined) known.set(payload, features = new Map());
  let dependencies = features.get(key);
  if (dependencies === undefined) {
    dependencies = featureDependencies(payload, key);
    // Keys that nobody defined may be any number.
    if (Object.hasOwn(payload.features, key)) features.set(key, dependencies);
  }
  return dependencies;
}
