import type { Call } from "../evaluation/evaluation.ts";
import { startEvaluation } from "../evaluation/start_evaluation.ts";
import { runInline } from "../experiment/run_inline.ts";
import { callFor } from "../feature/evaluate_feature.ts";
import type { Context } from "../types/context.ts";
import type { Experiment } from "../types/experiment.ts";
import type { ExperimentResult } from "../types/result.ts";

/** Runs an experiment that is part of no feature. `record` gets the events that this causes, also repeated ones. */
export function evaluateInline<Value>(
  context: Context<object>,
  experiment: Experiment<Value>,
  record: Call["record"],
): ExperimentResult<Value> {
  const evaluation = startEvaluation(context, callFor(record));
  const result = runInline(experiment as Experiment, evaluation);
  return result as ExperimentResult<Value>;
}
