import type { Evaluation } from "../evaluation/evaluation.ts";
import type { Experiment } from "../types/experiment.ts";
import type { ExperimentResult } from "../types/result.ts";
import {
  type CompiledExperiment,
  compileExperiment,
} from "./compile_experiment.ts";
import { excludedResult, unreadableResult } from "./experiment_result.ts";
import { applyOverrides, runCompiled } from "./run_compiled.ts";

// Experiments are immutable by contract and compile the same each time, so this can't be seen.
const compiledExperiments = /* @__PURE__ */ new WeakMap<
  Experiment,
  CompiledExperiment
>();

/**
 * Runs an experiment that belongs to no feature, compiled once for each object. Returns the result
 * of a user who got as far as a variation; null for who did not, and where it is malformed.
 */
export function runSafely(
  experiment: Experiment,
  evaluation: Evaluation,
): ExperimentResult | null {
  try {
    return runCompiled(compileOnce(experiment), evaluation);
  } catch {
    return null;
  }
}

/** Runs an experiment that belongs to no feature; variation 0 for who is not part of it. */
export function runInline(
  experiment: Experiment,
  evaluation: Evaluation,
): ExperimentResult {
  const result = runSafely(experiment, evaluation);
  if (result !== null) return result;
  try {
    const compiled = applyOverrides(compileOnce(experiment), evaluation);
    return excludedResult(compiled, evaluation);
  } catch {
    return unreadableResult;
  }
}

function compileOnce(experiment: Experiment): CompiledExperiment {
  const known = compiledExperiments.get(experiment);
  if (known !== undefined) return known;
  const origin = { featureId: null, base: experiment };
  const compiled = compileExperiment(experiment, origin);
  compiledExperiments.set(experiment, compiled);
  return compiled;
}
