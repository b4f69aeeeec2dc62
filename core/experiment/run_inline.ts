import type { Evaluation } from "../evaluation/evaluation.ts";
import { identify, readHashValue } from "../evaluation/identify.ts";
import { getOrMake } from "../support/get_or_make.ts";
import type { Verdict } from "../gates/step.ts";
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
 * of a user who got as far as a variation, or what stopped the user.
 */
export function runSafely(
  experiment: Experiment,
  evaluation: Evaluation,
): ExperimentResult | Verdict {
  try {
    return runCompiled(compileOnce(experiment), evaluation);
  } catch {
    return false;
  }
}

/** Runs an experiment that belongs to no feature; variation 0 for users who are not part of it. */
export function runInline(
  experiment: Experiment,
  evaluation: Evaluation,
): ExperimentResult {
  const result = runSafely(experiment, evaluation);
  if (typeof result === "object") return result;
  try {
    const compiled = applyOverrides(compileOnce(experiment), evaluation);
    const hashAttribute = identify(compiled, evaluation);
    return excludedResult(
      compiled,
      hashAttribute,
      readHashValue(evaluation.attributes, hashAttribute),
      result === "blocked",
    );
  } catch {
    return unreadableResult;
  }
}

function compileOnce(experiment: Experiment): CompiledExperiment {
  return getOrMake(
    compiledExperiments,
    experiment,
    () => compileExperiment(experiment, null, experiment),
  );
}
