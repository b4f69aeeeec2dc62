import { assertEquals } from "@std/assert";
import { decideExperiment } from "../../core/decide/decide_experiment.ts";
import { decideFeature } from "../../core/decide/decide_feature.ts";
import { evalFeature } from "../../core/decide/eval_feature.ts";
import { runExperiment } from "../../core/decide/run_experiment.ts";
import { evolveStickyBuckets } from "../../core/sticky/evolve_sticky_buckets.ts";
import type { Context } from "../../core/types/context.ts";
import type { DecisionEvent } from "../../core/types/decision_event.ts";
import type { Experiment } from "../../core/types/experiment.ts";
import type {
  ExperimentResult,
  FeatureResult,
} from "../../core/types/result.ts";
import type { Exposure, Outcome } from "./outcome.ts";

/** Evaluates a feature both with and without its consequences, which must not make a difference. */
export function ourFeature(
  context: Context,
  key: string,
): Outcome<FeatureResult> {
  const { result, events } = decideFeature(context, key);
  assertEquals(evalFeature(context, key), result);
  return gather(context, result, events);
}

/** Runs an experiment both with and without its consequences. */
export function ourExperiment(
  context: Context,
  experiment: Experiment,
): Outcome<ExperimentResult> {
  const { result, events } = decideExperiment(context, experiment);
  assertEquals(runExperiment(context, experiment), result);
  return gather(context, result, events);
}

function gather<Result>(
  context: Context,
  result: Result,
  events: readonly DecisionEvent[],
): Outcome<Result> {
  const exposures: Exposure[] = [];
  const saved = [];
  let documents = context.stickyBucketAssignmentDocs ?? null;
  for (const event of events) {
    if (event.type === "experiment.viewed") {
      exposures.push({ experiment: event.experiment, result: event.result });
    } else {
      documents = evolveStickyBuckets(documents ?? {}, event);
      const key = `${event.attributeName}||${event.attributeValue}`;
      saved.push(documents[key]!);
    }
  }
  return { result, exposures, saved, documents };
}
