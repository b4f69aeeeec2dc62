import type { FeatureExplanation } from "../../../core/types/explanation.ts";

/** Lists all that an explanation explains: the feature, its parents, and theirs. */
export function explainedFeatures(
  explanation: FeatureExplanation,
): readonly FeatureExplanation[] {
  const parents = explanation.rules
    .flatMap(({ gates }) => gates)
    .flatMap(({ prerequisites }) => prerequisites ?? []);
  return [
    explanation,
    ...parents.flatMap(({ feature }) => explainedFeatures(feature)),
  ];
}
