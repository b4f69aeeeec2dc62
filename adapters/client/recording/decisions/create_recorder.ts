import { evaluateInline } from "../../../../core/decide/evaluate_inline.ts";
import { evaluateRoot } from "../../../../core/feature/evaluate_feature.ts";
import type { DecisionEvent } from "../../../../core/types/decision_event.ts";
import type { Experiment } from "../../../../core/types/experiment.ts";
import type { JsonObject } from "../../../../core/types/json.ts";
import type { Payload } from "../../../../core/types/payload.ts";
import type {
  ExperimentResult,
  FeatureResult,
} from "../../../../core/types/result.ts";
import { isEqual } from "../../../support/is_equal.ts";
import type { TellMisuse } from "../../inputs/read_record.ts";
import { peekExperiment } from "../../reads/peek_experiment.ts";
import type { Scope } from "../../reads/scope.ts";
import {
  createEventTaker,
  type EventTakerOptions,
} from "./create_event_taker.ts";
import { readCustomData } from "./custom_data.ts";
import { describeAnyUser } from "./describe_user.ts";
import { identityOf } from "../entry.ts";
import type { EvaluationCounts } from "./evaluation_counts.ts";
import {
  createExposureMarks,
  type ExposureIdentity,
} from "./exposure_marks.ts";

/** Decides, and records what that causes. */
export interface Recorder {
  /** Evaluates a feature. Where it was evaluated before, only another result than that counts. */
  readonly decide: (
    scope: Scope,
    key: string,
    before?: FeatureResult | null,
  ) => FeatureResult;
  /** Runs an inline experiment. */
  readonly run: (scope: Scope, experiment: Experiment) => ExperimentResult;
  /** Gives the exposures of a feature that were recorded. */
  readonly recorded: (
    scope: Scope,
    key: string,
  ) => readonly ExposureIdentity[];
  /** Records what an application has to say. */
  readonly logEvent: (
    scope: Scope,
    name: string,
    properties: JsonObject,
  ) => void;
  /** Stops recording. */
  readonly stop: () => void;
}

/** What a recorder needs. */
export interface RecorderOptions extends EventTakerOptions {
  /** Counts evaluations; null where they are not counted. */
  readonly counts: EvaluationCounts | null;
  /** For how long exposures are remembered, in milliseconds. */
  readonly exposureAge: number;
  /** Gives the attributes by which the experiments of a payload know users. */
  readonly identifiers: (payload: Payload | null) => readonly string[];
  /** Is told of what can't be recorded as it was given. */
  readonly tell: TellMisuse;
}

// How late an exposure may be recorded again that the memory of exposures has come to forget.
const longestUnseen = 60_000;

/** Makes the recorder that a client and its views share. */
export function createRecorder(options: RecorderOptions): Recorder {
  const { exposures, record, counts, level, tellTime } = options;
  const takeUp = createEventTaker(options);
  const seen = createSeenKeys(options);
  let isOpen = true;
  // One list for all decisions, taken away while it is in use: decisions may meet inside another.
  let spare: EventCollector | null = collectEvents();

  return {
    decide: (scope, key, before) => {
      const context = scope.context();
      // Only watches know what was before.
      if (before === undefined) scope.unread?.delete(key);
      if (
        !isOpen || !scope.isTracked ||
        counts === null && seen.find(scope, context)?.has(key)
      ) return evaluateRoot(context, key, null);
      const collector = spare ?? collectEvents();
      const { events } = collector;
      spare = null;
      const result = evaluateRoot(context, key, collector.record);
      if (counts !== null && !isEqual(before, result)) counts.add(key, result);
      if (events.length > 0) {
        takeUp(scope, events, context, key, result.ruleId);
        if (scope.context() === context) seen.add(scope, context, key);
        events.length = 0;
      }
      spare = collector;
      return result;
    },
    run: (scope, experiment) => {
      if (!isOpen || !scope.isTracked || scope.waitingContext() !== null) {
        return peekExperiment(scope, experiment);
      }
      const context = scope.context();
      const { events, record } = collectEvents();
      const result = evaluateInline(context, experiment, record);
      takeUp(scope, events, context, null, "");
      return result;
    },
    recorded: (scope, key) => {
      const { events, record } = collectEvents();
      evaluateRoot(scope.context(), key, record);
      const told = createExposureMarks(boundless);
      return events.flatMap((event) => {
        if (event.type !== "experiment.viewed") return [];
        const identity = identityOf(event);
        const isRecorded = exposures.has(identity, tellTime());
        return isRecorded && told.mark(identity, 0) ? [identity] : [];
      });
    },
    logEvent: (scope, name, properties) => {
      if (!isOpen || !scope.isTracked) return;
      const data = readCustomData(name, properties, options.tell);
      if (data === null) return;
      const identifiers = options.identifiers(scope.payload());
      const user = describeAnyUser(level, scope.context(), identifiers);
      record("custom", data, user);
    },
    stop: () => {
      isOpen = false;
    },
  };
}

/** Collects the events of a decision. The same exposure may be among them twice; marks tell that. */
interface EventCollector {
  readonly events: DecisionEvent[];
  readonly record: (event: DecisionEvent) => void;
}

function collectEvents(): EventCollector {
  const events: DecisionEvent[] = [];
  return { events, record: (event) => void events.push(event) };
}

const boundless = {
  exposureCapacity: Infinity,
  exposureAge: Infinity,
  maxCharacters: Infinity,
};

// A context has the same exposures each time, so once they are recorded there is no need to look at them
// again for a while: that is most of what recording costs.
function createSeenKeys(
  { exposures, tellTime, exposureAge }: Pick<
    RecorderOptions,
    "exposures" | "tellTime" | "exposureAge"
  >,
) {
  const find = ({ seen }: Scope, context: object) =>
    seen !== null && seen.context === context &&
      seen.forgotten === exposures.forgotten() && tellTime() < seen.until
      ? seen.keys
      : null;
  return {
    find,
    add: (scope: Scope, context: object, key: string) => {
      const keys = find(scope, context);
      if (keys !== null) return void keys.add(key);
      const until = tellTime() + Math.min(exposureAge, longestUnseen);
      const forgotten = exposures.forgotten();
      scope.seen = { context, forgotten, until, keys: new Set([key]) };
    },
  };
}
