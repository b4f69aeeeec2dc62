import { decideExperiment } from "../../../core/decide/decide_experiment.ts";
import { runExperiment } from "../../../core/decide/run_experiment.ts";
import { experimentViewedData } from "../../../core/events/types/experiment_viewed_data.ts";
import type {
  EventUser,
  RecordLevel,
} from "../../../core/events/types/event_user.ts";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import {
  collectEvents,
  type EventCollector,
} from "../../../core/evaluation/collect_events.ts";
import { evaluateRoot } from "../../../core/feature/evaluate_feature.ts";
import type {
  DecisionEvent,
  ExperimentViewed,
  StickyBucketAssigned,
} from "../../../core/types/decision_event.ts";
import type { Experiment } from "../../../core/types/experiment.ts";
import type { JsonObject } from "../../../core/types/json.ts";
import type {
  ExperimentResult,
  FeatureResult,
} from "../../../core/types/result.ts";
import type { ExposureWindow } from "../../log/exposure_window.ts";
import type { Clock } from "../../support/clock.ts";
import { timePerTurn } from "../../support/time_per_turn.ts";
import { readCustomData } from "./custom_data.ts";
import { describeAnyUser, describeUser } from "./describe_user.ts";
import type { EvaluationCounts } from "./evaluation_counts.ts";
import type { Scope } from "../reads/scope.ts";

/** Decides, and records what that causes. */
export interface Recorder {
  /** Evaluates a feature. */
  readonly decide: (scope: Scope, key: string) => FeatureResult;
  /** Runs an inline experiment. */
  readonly run: (scope: Scope, experiment: Experiment) => ExperimentResult;
  /** Records what an application has to say. */
  readonly logEvent: (
    scope: Scope,
    name: string,
    properties: JsonObject,
  ) => void;
  /** Records from now on nothing any more. */
  readonly stop: () => void;
}

/** Records an event; null where it can't be taken. */
export type RecordEvent = (
  type: string,
  data: object,
  user?: EventUser,
) => NewEvent | null;

/** What a recorder needs. */
export interface RecorderOptions {
  /** Which exposures were recorded. */
  readonly exposures: ExposureWindow;
  /** Records an event. */
  readonly record: RecordEvent;
  /** Is told of an exposure that was recorded, with what the event only refers to. */
  readonly onExposure: (
    event: NewEvent,
    exposure: ExperimentViewed,
    scope: Scope,
  ) => void;
  /** Counts evaluations; null where they are not counted. */
  readonly counts: EvaluationCounts | null;
  /** Tells the time. */
  readonly clock: Clock;
  /** For how long exposures are remembered, in milliseconds. */
  readonly exposureAge: number;
  /** What of a user is stored. */
  readonly level: RecordLevel;
  /** Is told of what can't be recorded as it was given. */
  readonly onError: (error: unknown) => void;
}

// How late an exposure may be recorded again that the memory of exposures has come to forget.
const longestUnseen = 60_000;

/** Makes the recorder that a client and its views share. */
export function createRecorder(options: RecorderOptions): Recorder {
  const { exposures, record, onExposure, counts, level, clock } = options;
  const tellTime = timePerTurn(clock);
  let isOpen = true;
  // One list for all decisions, taken away while it is in use: decisions may meet inside another.
  let spare: EventCollector | null = collectEvents();

  // True where the exposure is recorded, now or before.
  const view = (
    scope: Scope,
    exposure: ExperimentViewed,
    key: string | null,
    ruleId: string,
  ): boolean => {
    const { experiment, result } = exposure;
    const { hashAttribute, hashValue, variationId } = result;
    const variation = String(variationId);
    if (!exposures.mark(hashAttribute, hashValue, experiment.key, variation)) {
      return true;
    }
    const data = experimentViewedData(exposure, {
      askedFeatureId: key,
      ruleId,
      payloadDigest: scope.payloadDigest(),
    });
    const user = describeUser(level, scope, key, result);
    const event = record("experiment.viewed", data, user);
    if (event !== null) onExposure(event, exposure, scope);
    else exposures.unmark(hashAttribute, hashValue, experiment.key, variation);
    return event !== null;
  };
  const assign = (scope: Scope, event: StickyBucketAssigned) => {
    if (!scope.assign(event)) return;
    const { attributeName, attributeValue, assignments } = event;
    record(
      "sticky-bucket.assigned",
      { attributeName, attributeValue, assignments },
      { level, attributes: { [attributeName]: attributeValue } },
    );
  };
  const takeUp = (
    scope: Scope,
    events: readonly DecisionEvent[],
    key: string | null,
    ruleId: string,
  ): boolean => {
    let isRecorded = true;
    for (const event of events) {
      if (event.type !== "experiment.viewed") assign(scope, event);
      else if (!view(scope, event, key, ruleId)) isRecorded = false;
    }
    return isRecorded;
  };
  // A context has the same exposures each time, so once they are recorded there is no need to look
  // at them again for a while: that is most of what recording costs.
  const isSeen = ({ seen }: Scope, context: object, key: string) =>
    seen !== null && seen.context === context && seen.keys.has(key) &&
    seen.forgotten === exposures.forgotten() && tellTime() < seen.until;
  const see = (scope: Scope, context: object, key: string) => {
    const { seen } = scope;
    const now = tellTime();
    const forgotten = exposures.forgotten();
    if (
      seen !== null && seen.context === context &&
      seen.forgotten === forgotten && now < seen.until
    ) seen.keys.add(key);
    else {
      const until = now + Math.min(options.exposureAge, longestUnseen);
      scope.seen = { context, forgotten, until, keys: new Set([key]) };
    }
  };

  return {
    decide: (scope, key) => {
      const context = scope.context();
      if (!isOpen || counts === null && isSeen(scope, context, key)) {
        return evaluateRoot(context, key, null);
      }
      const collector = spare ?? collectEvents();
      const { events } = collector;
      spare = null;
      const result = evaluateRoot(context, key, collector.record);
      if (counts !== null) counts.add(key, result);
      if (events.length > 0) {
        const isRecorded = takeUp(scope, events, key, result.ruleId);
        if (isRecorded && scope.context() === context) see(scope, context, key);
        events.length = 0;
      }
      spare = collector;
      return result;
    },
    run: (scope, experiment) => {
      const context = scope.context();
      if (!isOpen) return runExperiment(context, experiment);
      if (scope.awaitsExperiments()) {
        return runExperiment({ ...context, enabled: false }, experiment);
      }
      const { result, events } = decideExperiment(context, experiment);
      takeUp(scope, events, null, "");
      return result as ExperimentResult;
    },
    logEvent: (scope, name, properties) => {
      if (!isOpen) return;
      const { data, problem } = readCustomData(name, properties);
      if (data !== null) record("custom", data, describeAnyUser(level, scope));
      if (problem !== null) options.onError(new TypeError(problem));
    },
    stop: () => {
      isOpen = false;
    },
  };
}
