import type { Evaluation } from "../evaluation/evaluation.ts";
import { isPlain } from "../evaluation/start_evaluation.ts";
import { readPattern } from "../pattern/read_pattern.ts";
import { getOrMake } from "../support/get_or_make.ts";
import { readOwn } from "../support/read_own.ts";
import type { Verdict } from "../gates/step.ts";
import type { Experiment } from "../types/experiment.ts";
import type { ExperimentResult } from "../types/result.ts";
import { getQueryStringOverride } from "../url/get_query_string_override.ts";
import {
  type CompiledExperiment,
  compileExperiment,
} from "./compile_experiment.ts";
import { passExperiment, passUsual } from "./pass_gates.ts";

/**
 * Runs an experiment, and records what that causes. Returns the result of a user who got as far as
 * a variation, or what stopped the user. Throws where the experiment is malformed.
 */
export function runCompiled(
  base: CompiledExperiment,
  evaluation: Evaluation,
): ExperimentResult | Verdict {
  return base.isUsual && isPlain(evaluation) && isUnforced(base, evaluation)
    ? passUsual(base, evaluation)
    : passExperiment(applyOverrides(base, evaluation), evaluation);
}

// Whether no variation is forced by the URL, the one option that most pages have.
function isUnforced(
  { reported: { key, variations } }: CompiledExperiment,
  { context: { url } }: Evaluation,
): boolean {
  return !url || getQueryStringOverride(key, url, variations.length) === null;
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
  const { experiment, reported, featureId } = base;
  return getOrMake(base.overridden ??= new WeakMap(), override, () => {
    const merged = withPattern({ ...reported, ...override });
    return compileExperiment(merged, featureId, reported, experiment);
  });
}

// A `url` in the form of a text is a regular expression; one that is none counts as no `url`.
function withPattern(experiment: Experiment): Experiment {
  const { url, ...rest } = experiment;
  if (typeof url !== "string") return experiment;
  const pattern = readPattern(url, "");
  return pattern === null ? rest : { ...rest, url: pattern };
}
