import type { Observable } from "rxjs";
import type { Attributes } from "../../core/types/attributes.ts";
import type { JsonValue } from "../../core/types/json.ts";
import type { Payload } from "../../core/types/payload.ts";
import type { FeatureResult } from "../../core/types/result.ts";
import { isEqual } from "../support/is_equal.ts";
import type {
  ClientEvent,
  ExperimentOutcome,
  SubscriptionOptions,
} from "./client.ts";
import type { ClientState } from "./client_state.ts";
import type { ClientStatus } from "./client_status.ts";
import {
  collectOutcomes,
  isSameOutcome,
  type Outcomes,
} from "./collect_outcomes.ts";
import { createAllFeatures } from "./create_all_features.ts";
import { createChanging } from "./create_changing.ts";
import type { ClientCore } from "./create_core.ts";
import { peekFeature } from "./create_reads.ts";
import { createStream } from "./create_stream.ts";

/** The streams of a client whose features' types nobody knows. */
export interface LooseStreams {
  /** Streams a feature's result. */
  readonly feature$: (
    key: string,
    options?: SubscriptionOptions,
  ) => Observable<FeatureResult>;
  /** Streams a feature's value. */
  readonly value$: (
    key: string,
    fallback: JsonValue,
    options?: SubscriptionOptions,
  ) => Observable<JsonValue>;
  /** Streams all results. */
  readonly features$: Observable<{ readonly [key: string]: FeatureResult }>;
  /** Streams outcomes of experiments. */
  readonly results$: Observable<ExperimentOutcome>;
  /** Gives outcomes of experiments. */
  readonly allResults: () => Outcomes;
  /** Streams payloads. */
  readonly payload$: Observable<Payload>;
  /** Streams the attributes. */
  readonly attributes$: Observable<Attributes>;
  /** Streams how the client fares. */
  readonly status$: Observable<ClientStatus>;
  /** Streams what happens. */
  readonly events$: Observable<ClientEvent>;
}

/** Makes the streams of a client. All of them derive from its one state, after it has changed. */
export function createStreams(core: ClientCore): LooseStreams {
  const { hub, watches, late, listeners, inline, scope } = core;

  const feature$ = <Value>(
    key: string,
    select: (result: FeatureResult) => Value,
    { silent = false }: SubscriptionOptions = {},
  ) =>
    createStream<Value>(hub, (give) => {
      const changing = createChanging(give, isEqual);
      return watches.add(key, {
        isRecording: !silent,
        take: (result) => changing(select(result)),
      });
    });
  const state$ = <Value>(select: (state: ClientState) => Value) =>
    createStream<NonNullable<Value>>(hub, (give) => {
      const changing = createChanging<Value>((value) => {
        if (value !== null && value !== undefined) give(value);
      }, isEqualOrSame);
      const tell = () => changing(select(core.state()));
      tell();
      return late.add(tell);
    });
  const watchAll = (
    isSame: (left: FeatureResult, right: FeatureResult) => boolean,
  ) =>
    createAllFeatures(
      watches,
      () => core.state().context.features ?? {},
      isSame,
    );

  const features$ = createStream<Readonly<Record<string, FeatureResult>>>(
    hub,
    (give) => {
      const all = watchAll(isEqual);
      const tell = () => {
        if (all.update()) give(Object.fromEntries(all.results()));
      };
      tell();
      const stop = late.add(tell);
      return () => {
        stop();
        all.stop();
      };
    },
  );
  const results$ = createStream<ExperimentOutcome>(hub, (give) => {
    const all = watchAll(isEqual);
    let known: Outcomes = new Map();
    const tell = () => {
      all.update();
      const outcomes = collectOutcomes(
        known,
        all.results().values(),
        inline.values(),
        scope.context(),
      );
      const changed = [...outcomes].filter(([key, outcome]) =>
        !isSameOutcome(known.get(key), outcome)
      );
      known = outcomes;
      for (const [, outcome] of changed) give(outcome);
    };
    tell();
    const stop = late.add(tell);
    return () => {
      stop();
      all.stop();
    };
  });
  let outcomes: Outcomes = new Map();
  return {
    feature$: (key, options) => feature$(key, (result) => result, options),
    value$: (key, fallback, options) =>
      feature$(key, ({ value }) => value ?? fallback, options),
    features$,
    results$,
    allResults: () => {
      const keys = Object.keys(core.state().context.features ?? {});
      return outcomes = collectOutcomes(
        outcomes,
        keys.map((key) => peekFeature(scope, key)),
        inline.values(),
        scope.context(),
      );
    },
    payload$: state$(({ payload }) => payload),
    attributes$: state$(({ context }) => context.attributes),
    status$: state$(({ status }) => status),
    events$: createStream<ClientEvent>(hub, (give) => {
      const listener = (event: ClientEvent) => give(event);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    }),
  };
}

// Payloads that differ are different objects, and too large to be compared for nothing.
function isEqualOrSame(left: unknown, right: unknown): boolean {
  return left === right || !hasFeatures(left) && isEqual(left, right);
}

function hasFeatures(value: unknown): boolean {
  return typeof value === "object" && value !== null && "features" in value;
}
