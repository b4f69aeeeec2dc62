import { runExperiment } from "../../../core/decide/run_experiment.ts";
import type { Context } from "../../../core/types/context.ts";
import type { Experiment } from "../../../core/types/experiment.ts";
import type { FeatureResult } from "../../../core/types/result.ts";
import type { ExperimentOutcome } from "../client.ts";

/** Outcomes of experiments by key. */
export type Outcomes = ReadonlyMap<string, ExperimentOutcome>;

/**
 * Draws the outcomes of experiments from results of features and from inline experiments, given
 * the outcomes known before: an experiment of a feature that the user no longer is in stays, as one
 * that the user is not in. An inline experiment is left out once it is no longer among those given:
 * nothing says that the user has left it.
 */
export function collectOutcomes(
  known: Outcomes,
  results: Iterable<FeatureResult>,
  inline: Iterable<Experiment>,
  context: Context<object>,
): Outcomes {
  const outcomes = new Map<string, ExperimentOutcome>();
  for (const { experiment, experimentResult: result } of results) {
    if (experiment && result && !outcomes.has(experiment.key)) {
      outcomes.set(experiment.key, { experiment, result });
    }
  }
  for (const experiment of inline) {
    const result = runExperiment(context, experiment);
    outcomes.set(experiment.key, { experiment, result });
  }
  for (const [key, outcome] of known) {
    const isInline = outcome.result.featureId === null;
    if (!isInline && !outcomes.has(key)) outcomes.set(key, leave(outcome));
  }
  return outcomes;
}

/** Tells whether an outcome is the same as far as subscribers to outcomes are concerned. */
export function isSameOutcome(
  left: ExperimentOutcome | undefined,
  right: ExperimentOutcome,
): boolean {
  return left !== undefined &&
    left.result.inExperiment === right.result.inExperiment &&
    left.result.variationId === right.result.variationId;
}

function leave(outcome: ExperimentOutcome): ExperimentOutcome {
  const { experiment, result } = outcome;
  if (!result.inExperiment) return outcome;
  const { featureId, hashAttribute, hashValue } = result;
  const left = runExperiment({ enabled: false }, experiment);
  return {
    experiment,
    result: { ...left, featureId, hashAttribute, hashValue },
  };
}
