import { runExperiment } from "../../../core/decide/run_experiment.ts";
import type { Experiment } from "../../../core/types/experiment.ts";
import type { ExperimentResult } from "../../../core/types/result.ts";
import type { Scope } from "./scope.ts";

/**
 * Runs an inline experiment for a scope without recording. While the user's sticky buckets are being
 * loaded, the user is in no experiment, unless a server has rendered one already.
 */
export function peekExperiment(
  scope: Scope,
  experiment: Experiment,
): ExperimentResult {
  return runExperiment(scope.waitingContext() ?? scope.context(), experiment);
}
