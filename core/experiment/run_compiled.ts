import { readOwn } from "../support/read_own.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import { identify } from "../evaluation/identify.ts";
import { passGates } from "../evaluation/pass_gates.ts";
import { readPattern } from "../pattern/read_pattern.ts";
import type { Experiment } from "../types/experiment.ts";
import type { ExperimentResult } from "../types/result.ts";
import {
  type CompiledExperiment,
  compileExperiment,
} from "./compile_experiment.ts";
import { settledResult } from "./experiment_result.ts";
import { recordParticipation } from "./record.ts";

/**
 * Runs an experiment, and records what that causes. Returns the result of a user who got as far as
 * a variation; null for who was stopped, with the reason left in the evaluation's `verdict`.
 * Throws where the experiment is malformed.
 */
export function runCompiled(
  base: CompiledExperiment,
  evaluation: Evaluation,
): ExperimentResult | null {
  const compiled = applyOverrides(base, evaluation);
  evaluation.variation = -1;
  evaluation.sticky = false;
  evaluation.blocked = false;
  identify(evaluation, compiled.hashAttribute, compiled.fallbackAttribute);
  const verdict = evaluation.verdict = passGates(compiled.gates, evaluation);
  if (verdict !== null && verdict !== "decided") return null;
  const result = settledResult(compiled, evaluation, verdict === null);
  if (verdict === null) recordParticipation(compiled, evaluation, result);
  return result;
}

/**
 * Gives the experiment as the context's overrides change it. Overrides come after the first two
 * gates: what those stop is reported without.
 */
export function applyOverrides(
  base: CompiledExperiment,
  evaluation: Evaluation,
): CompiledExperiment {
  const { overrides, enabled } = evaluation.context;
  if (overrides === undefined || enabled === false) return base;
  if (base.reported.variations.length < 2) return base;
  const found = readOwn(overrides, base.reported.key);
  if (!found) return base;
  const override: object = Object(found);
  const known = base.overridden.get(override);
  if (known !== undefined) return known;
  const { reported, featureId } = base;
  const merged = withPattern({ ...reported, ...override });
  const compiled = compileExperiment(merged, { featureId, base: reported });
  base.overridden.set(override, compiled);
  return compiled;
}

// A `url` in the form of a text is a regular expression; one that is none counts as no `url`.
function withPattern(experiment: Experiment): Experiment {
  const { url, ...rest } = experiment;
  if (typeof url !== "string") return experiment;
  const pattern = readPattern(url, "");
  return pattern === null ? rest : { ...rest, url: pattern };
}
