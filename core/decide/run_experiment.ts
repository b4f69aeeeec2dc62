import type { AnyFeatures, Context } from "../types/context.ts";
import type { Experiment } from "../types/experiment.ts";
import type { ExperimentResult } from "../types/result.ts";
import { evaluateInline } from "./evaluate_inline.ts";

/**
 * Runs an inline experiment for a user: which variation, and how it was decided.
 *
 * `context` holds the user and everything else the decision depends on; `experiment` is treated as
 * immutable: it is compiled once for each object.
 *
 * Returns variation 0 with `inExperiment: false` for a user who is not part of it. Never throws.
 *
 * @example
 * ```ts
 * import { runExperiment } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const experiment = { key: "cta", variations: ["Buy", "Order"] };
 * const result = runExperiment({ attributes: { id: "7" } }, experiment);
 * assertEquals(result.value, "Order");
 * assertEquals(result.inExperiment, true);
 * ```
 */
export function runExperiment<
  Value,
  Features extends object = AnyFeatures,
>(
  context: Context<Features>,
  experiment: Experiment<Value>,
): ExperimentResult<Value> {
  return evaluateInline(context, experiment, null);
}
