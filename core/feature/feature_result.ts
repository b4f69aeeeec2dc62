import type { JsonValue } from "../types/json.ts";
import type {
  ExperimentResult,
  FeatureResult,
  FeatureSource,
} from "../types/result.ts";
import type { Experiment } from "../types/experiment.ts";

/** Makes a result that is the same for every user, and so is made once and frozen. */
export function makeFeatureResult(
  value: JsonValue,
  source: FeatureSource,
  ruleId: string,
): FeatureResult {
  return Object.freeze({
    value,
    on: Boolean(value),
    off: !value,
    source,
    ruleId,
  });
}

/** Makes the result of a user who takes part in an experiment. */
export function makeExperimentFeatureResult(
  experiment: Experiment,
  experimentResult: ExperimentResult,
  ruleId: string,
): FeatureResult {
  const { value } = experimentResult;
  return {
    value,
    on: Boolean(value),
    off: !value,
    source: "experiment",
    ruleId,
    experiment,
    experimentResult,
  };
}
