import { evaluateRoot } from "../../../core/feature/evaluate_feature.ts";
import type { Context } from "../../../core/types/context.ts";
import type { Experiment } from "../../../core/types/experiment.ts";
import type { JsonValue } from "../../../core/types/json.ts";
import type { FeatureResult } from "../../../core/types/result.ts";
import { peekExperiment } from "./peek_experiment.ts";
import type { FeatureReads } from "./feature_reads.ts";
import type { Recorder } from "../recording/decisions/create_recorder.ts";
import type { TellMisuse } from "../inputs/read_record.ts";
import { checkExperiment } from "../inputs/check_experiment.ts";
import type { Scope } from "./scope.ts";

/** Reads of features whose types are not known. */
export type LooseReads = FeatureReads<{ readonly [key: string]: JsonValue }>;

/** What reads need of the client. */
export interface ReadClient {
  /** What decides and records. */
  readonly recorder: Recorder;
  /** Is called with each mistake of the application. */
  readonly tell: TellMisuse;
}

/** Makes the synchronous reads of a scope. It is cheap, so that each request may have its own. */
export function createReads(
  scope: Scope,
  { recorder, tell }: ReadClient,
): LooseReads {
  const decide = (key: string): FeatureResult =>
    scope.waiting(key) ?? recorder.decide(scope, key);
  return {
    isOn: (key) => decide(key).on,
    isOff: (key) => decide(key).off,
    getFeatureValue: (key, fallback) =>
      (decide(key).value ?? fallback) as never,
    evalFeature: (key) =>
      scope.waiting(key) ??
        scope.keep(scope.context(), key, recorder.decide(scope, key)),
    runExperiment: (experiment) => {
      checkExperiment(experiment, tell);
      return recorder.run(scope, experiment as Experiment) as never;
    },
    peek: (key) => peekFeature(scope, key),
    peekExperiment: (experiment) =>
      peekExperiment(scope, experiment as Experiment) as never,
    recorded: (key) => recorder.recorded(scope, key),
    snapshot: () => scope.context() as Context<Record<string, JsonValue>>,
    logEvent: (name, properties = {}) =>
      recorder.logEvent(scope, name, properties),
  };
}

/** Evaluates a feature of a scope without recording. */
export function peekFeature(scope: Scope, key: string): FeatureResult {
  const context = scope.context();
  return scope.waiting(key) ??
    scope.keep(context, key, evaluateRoot(context, key, null));
}
