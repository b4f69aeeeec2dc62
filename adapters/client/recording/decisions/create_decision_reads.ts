import {
  type FeatureDependencies,
  featureDependencies,
} from "../../../../core/feature/feature_dependencies.ts";
import type { Payload } from "../../../../core/types/payload.ts";
import type { Exposure } from "../entry.ts";

/** Tells what the decision of an exposure reads of a user; null for that of an inline experiment. */
export type ReadDecision = (exposure: Exposure) => FeatureDependencies | null;

/** Makes what tells it, found once for each feature of a payload. */
export function createDecisionReads(): ReadDecision {
  const payloads = new WeakMap<Payload, Map<string, FeatureDependencies>>();
  return ({ payload, context, askedFeatureId: key }) => {
    if (key === null || payload === null) return null;
    const known = payloads.get(payload) ?? new Map();
    payloads.set(payload, known);
    const found = known.get(key) ?? featureDependencies(context, key);
    known.set(key, found);
    return found;
  };
}
