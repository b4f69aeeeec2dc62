import { collectEvents } from "../evaluation/collect_events.ts";
import type { AnyFeatures, Context } from "../types/context.ts";
import type { DecisionEvent } from "../types/decision_event.ts";
import type { Experiment } from "../types/experiment.ts";
import type { ExperimentResult } from "../types/result.ts";
import { evaluateInline } from "./evaluate_inline.ts";

/** An experiment's result, with what the decision causes. */
export interface ExperimentDecision<Value> {
  /** The same result that `runExperiment` gives. */
  readonly result: ExperimentResult<Value>;
  /** What the decision causes, in order; those of parents included. */
  readonly events: readonly DecisionEvent[];
}

/**
 * Runs an inline experiment as `runExperiment` does, and gives the consequences as data: the
 * exposure, the sticky bucket, and those of parent features before them. Never throws.
 *
 * @example
 * ```ts
 * import { decideExperiment } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const experiment = { key: "cta", variations: ["Buy", "Order"] };
 * const { result, events } = decideExperiment({ attributes: { id: "7" } }, experiment);
 * assertEquals(result.value, "Order");
 * assertEquals(events, [{ type: "experiment.viewed", experiment, result }]);
 * ```
 */
export function decideExperiment<
  Value,
  Features extends object = AnyFeatures,
>(
  context: Context<Features>,
  experiment: Experiment<Value>,
): ExperimentDecision<Value> {
  const { events, record } = collectEvents();
  return { result: evaluateInline(context, experiment, record), events };
}
