import { referTo } from "../evaluation/feature_reference.ts";
import {
  readContext,
  startEvaluation,
} from "../evaluation/start_evaluation.ts";
import { createTrace } from "../explain/create_trace.ts";
import type { AnyFeatures, Context } from "../types/context.ts";
import type { FeatureExplanation } from "../types/explanation.ts";

/**
 * Evaluates a feature as `evalFeature` does, and tells why it has its value: each rule that was
 * tried, the gates it was sent through, the one that stopped it and what it saw there. It is the
 * evaluation itself that is watched, so the explanation can't disagree with it.
 *
 * Returns plain data. Parents are explained where they are asked for; one whose rules were
 * explained already is marked `repeated`, without them. Never throws.
 *
 * @example
 * ```ts
 * import { explainFeature } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const features = {
 *   banner: { rules: [{ condition: { age: { $gte: 18 } }, force: "Hello" }] },
 * };
 * const { rules } = explainFeature({ features, attributes: { age: 17 } }, "banner");
 * assertEquals(rules[0]?.reason, "condition");
 * assertEquals(rules[0]?.gates[0]?.failure, {
 *   path: "age",
 *   operator: "$gte",
 *   expected: 18,
 *   actual: 17,
 * });
 * ```
 */
export function explainFeature<
  Features extends object = AnyFeatures,
  Key extends keyof Features & string = keyof Features & string,
>(
  context: Context<Features>,
  key: Key,
): FeatureExplanation<Features[Key]> {
  try {
    return explain(context, key) as FeatureExplanation<Features[Key]>;
  } catch {
    // What can't be read has no features, as for `evalFeature`.
    const name = typeof key === "string" ? key : "";
    return explain({}, name) as FeatureExplanation<Features[Key]>;
  }
}

function explain(context: Context<object>, key: string): FeatureExplanation {
  const { savedGroups } = readContext(context);
  const { trace, feature, explanation } = createTrace(savedGroups);
  const call = { feature, record: null, trace };
  feature(startEvaluation(context, call), referTo(key), null);
  return explanation();
}
