import { collectEvents } from "../evaluation/collect_events.ts";
import { evaluateRoot } from "../feature/evaluate_feature.ts";
import type { AnyFeatures, Context } from "../types/context.ts";
import type { DecisionEvent } from "../types/decision_event.ts";
import type { FeatureResult } from "../types/result.ts";

/** A feature's result, with what the decision causes. */
export interface FeatureDecision<Value> {
  /** The same result that `evalFeature` gives. */
  readonly result: FeatureResult<Value>;
  /** What the decision causes, in order; those of parents and holdouts included. */
  readonly events: readonly DecisionEvent[];
}

/**
 * Evaluates a feature as `evalFeature` does, and gives the consequences as data: which user was exposed to
 * which variation, and which sticky buckets were assigned, in the order in which it happened.
 * Parents and holdouts count; the same exposure happens once.
 *
 * Nothing is done about the events: record them, send them or forget them. Never throws.
 *
 * @example
 * ```ts
 * import { decideFeature } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const features = { cta: { rules: [{ variations: ["Buy", "Order"] }] } };
 * const { result, events } = decideFeature({ features, attributes: { id: "7" } }, "cta");
 * assertEquals(result.value, "Order");
 * assertEquals(events.map(({ type }) => type), ["experiment.viewed"]);
 * ```
 */
export function decideFeature<
  Features extends object = AnyFeatures,
  Key extends keyof Features & string = keyof Features & string,
>(
  context: Context<Features>,
  key: Key,
): FeatureDecision<Features[Key]> {
  const { events, record } = collectEvents();
  const result = evaluateRoot(context, key, record);
  return { result: result as FeatureResult<Features[Key]>, events };
}
