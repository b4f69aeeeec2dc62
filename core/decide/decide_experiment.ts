import { isObject } from "../condition/read_path.ts";
import { type Evaluation, startEvaluation } from "../evaluation/evaluation.ts";
import {
  type CompiledExperiment,
  compileExperiment,
} from "../experiment/compile_experiment.ts";
import { excludedResult } from "../experiment/experiment_result.ts";
import { applyOverrides, runCompiled } from "../experiment/run_compiled.ts";
import { evaluateFeature } from "../feature/evaluate_feature.ts";
import type { AnyFeatures, Context } from "../types/context.ts";
import type { DecisionEvent } from "../types/decision_event.ts";
import type { Experiment } from "../types/experiment.ts";
import type { ExperimentResult } from "../types/result.ts";

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
  const events: DecisionEvent[] = [];
  const result = runInline(context, experiment as Experiment, events);
  return { result: result as ExperimentResult<Value>, events };
}

// Experiments are immutable by contract and compile the same each time, so this can't be seen.
const compiledExperiments = new WeakMap<Experiment, CompiledExperiment>();

/** Runs an inline experiment; its consequences are added to `events` where there is such a list. */
export function runInline(
  context: Context<object>,
  experiment: Experiment,
  events: DecisionEvent[] | null,
): ExperimentResult {
  const evaluation = startEvaluation(context, evaluateFeature, events, null);
  const compiled = compileInline(experiment);
  return runSafely(compiled, evaluation) ??
    excludedResult(applyOverrides(compiled, evaluation), evaluation);
}

function runSafely(
  compiled: CompiledExperiment,
  evaluation: Evaluation,
): ExperimentResult | null {
  try {
    return runCompiled(compiled, evaluation);
  } catch {
    return null;
  }
}

function compileInline(experiment: Experiment): CompiledExperiment {
  const known = isObject(experiment)
    ? compiledExperiments.get(experiment)
    : undefined;
  if (known !== undefined) return known;
  const origin = { featureId: null, base: experiment, leaf: null };
  const compiled = compileExperiment(experiment, origin);
  compiledExperiments.set(experiment, compiled);
  return compiled;
}
