import type { Observable } from "../support/observable.ts";
import type { TrackingEvent } from "../../core/events/types/tracking_event.ts";
import type { InputEvent } from "../../core/events/types/input_event.ts";
import type { Attributes } from "../../core/types/attributes.ts";
import type {
  AnyFeatures,
  Context,
  FallbackOf,
  ValueOf,
} from "../../core/types/context.ts";
import type { Experiment } from "../../core/types/experiment.ts";
import type { Payload } from "../../core/types/payload.ts";
import type {
  ExperimentResult,
  FeatureResult,
} from "../../core/types/result.ts";
import type { AsyncDisposal } from "./async_disposal.ts";
import type { DeliveryReport } from "./recording/consumers/consumer_report.ts";
import type { ForcedVariations } from "./state/client_input.ts";
import type { ClientHealth } from "./client_health.ts";
import type { ClientStatus } from "./client_status.ts";
import type { FeatureReads } from "./reads/feature_reads.ts";
import type { TimeoutOptions } from "../support/time/timeout_options.ts";
import type { User } from "./reads/user.ts";

/** Something that happened to a client, or because of it. */
export type ClientEvent = TrackingEvent | InputEvent;

/** The outcome of an experiment. */
export interface ExperimentOutcome {
  /** The experiment. */
  readonly experiment: Experiment;
  /** What came of it for the user. */
  readonly result: ExperimentResult;
}

/** What became of the events that a client recorded. */
export interface FlushReport {
  /**
   * Whether all that was not settled, or was recorded, since the last flush was delivered: nothing of
   * it waits, was parked or was given up.
   */
  readonly isDelivered: boolean;
  /** The counts of each consumer, since the client was made. */
  readonly consumers: DeliveryReport;
}

/** The features of a payload with their results, by key. */
export type FeatureResults<Features extends object = AnyFeatures> = {
  readonly [Key in keyof Features & string]?: FeatureResult<Features[Key]>;
};

/**
 * A client: features, attributes and payloads stream in, values and events stream out. A plain
 * object; its functions may be taken apart from it.
 */
export interface Client<Features extends object = AnyFeatures>
  extends FeatureReads<Features>, AsyncDisposal {
  /**
   * Streams a feature's result: at once, and when it changes in any part. While there is a subscriber,
   * the exposures of each evaluation are recorded, also of one that gives an equal result; only those
   * that change the result are counted. With `silent`, a subscription records nothing: for dashboards and
   * tools. `silent: "changes"` is for what shows a value later than it gets it, as React does: an
   * evaluation that gives an equal result is recorded, since that is on show already; one that changes
   * the result is not, nor is what comes after it, until the feature is read, by `isOn` or
   * `evalFeature`: the subscriber does that once the new value is on show.
   */
  readonly feature$: <Key extends keyof Features & string>(
    key: Key,
    options?: { readonly silent?: boolean | "changes" },
  ) => Observable<FeatureResult<Features[Key]>>;
  /** Streams a feature's value, or the fallback where that is null. Records as `feature$` does. */
  readonly value$: <
    Key extends keyof Features & string,
    Fallback extends FallbackOf<Features, Key>,
  >(
    key: Key,
    fallback: Fallback,
    options?: { readonly silent?: boolean | "changes" },
  ) => Observable<ValueOf<Features, Key, Fallback>>;
  /** Streams the results of all features of the payload. Records nothing. */
  readonly features$: Observable<FeatureResults<Features>>;
  /**
   * Streams outcomes of experiments, of features and of `runExperiment`: those known so far, and each whose
   * `inExperiment` or variation changes. Records nothing.
   */
  readonly results$: Observable<ExperimentOutcome>;
  /** Gives the outcomes of the experiments that the user is or was in, by key. Records nothing. */
  readonly allResults: () => ReadonlyMap<string, ExperimentOutcome>;
  /** Streams payloads, from the first good one on. */
  readonly payload$: Observable<Payload>;
  /**
   * Gives what a server decided for a feature, as handed over by the option `hydrate`, whatever has come
   * since; null for a feature that was not handed over. Absent without the option.
   */
  readonly hydrated?: (key: string) => FeatureResult | null;
  /**
   * Streams what `snapshot` gives: at once, and again with each change of what evaluations read, or of
   * the status. Records nothing.
   */
  readonly snapshot$: Observable<Context<Features>>;
  /** Streams the attributes. */
  readonly attributes$: Observable<Attributes>;
  /** Streams the state of the client, with the reason. */
  readonly status$: Observable<ClientStatus>;
  /** Streams what happens, from now on: what is recorded, and the inputs that changed something. */
  readonly events$: Observable<ClientEvent>;
  /** Replaces the attributes. */
  readonly setAttributes: (attributes: Attributes) => void;
  /** Lays attributes over those that are there. */
  readonly updateAttributes: (attributes: Attributes) => void;
  /** Replaces the URL. */
  readonly setUrl: (url: string) => void;
  /** Replaces the forced variations, by experiment key. */
  readonly setForcedVariations: (forced: ForcedVariations) => void;
  /** Replaces the forced values, by feature key. */
  readonly setForcedFeatureValues: (forced: Partial<Features>) => void;
  /** Asks the source for the current payload. Never rejects: the status tells how it went. */
  readonly refresh: () => Promise<ClientStatus>;
  /**
   * Reads for another user of the same client, as on a server: nothing is subscribed to, and there
   * is nothing to close. The client's attributes lie under the user's.
   */
  readonly forUser: (user: User) => FeatureReads<Features>;
  /**
   * Does what `forUser` does, once the user's sticky buckets and remote evaluation are there. Never
   * rejects: what fails, or takes longer than the timeout (10,000 ms by default), is skipped, and
   * `onError` is called. Closing the client ends the wait.
   */
  readonly loadUser: (
    user: User,
    limit?: TimeoutOptions,
  ) => Promise<FeatureReads<Features>>;
  /**
   * Whether `loadUser` has something to wait for: a store of sticky buckets, or a server that evaluates.
   * Where it has not, `forUser` gives the same at once.
   */
  readonly loadsUsers: boolean;
  /**
   * Resolves once there is a payload, with the sticky buckets that are to be waited for; or when
   * the source has given up, the time is over or the client is closed. Never rejects.
   */
  readonly ready: (limit?: TimeoutOptions) => Promise<ClientStatus>;
  /**
   * Lets everything that is recorded from now on wait in memory, before the store and before any callback
   * or sink gets it; what was recorded before and is not delivered yet waits as well.
   */
  readonly pauseTracking: () => void;
  /**
   * Goes on after `pauseTracking`, `tracking: "paused"` or a pause that an error asked for. With
   * `discard`, what was recorded during the pause is forgotten, as if it had never been.
   */
  readonly resumeTracking: (options?: { readonly discard?: boolean }) => void;
  /**
   * Tells what became of everything that was recorded, for each consumer, up to this moment: for `store`,
   * `tracking-callback` and each sink. Its sum is always right:
   * `recorded = delivered + pending + parked + dropped`.
   */
  readonly deliveries: () => DeliveryReport;
  /** Tells how the client and its source fare, for probes and monitoring. */
  readonly health: () => ClientHealth;
  /**
   * Tries once at once what waits for its next attempt, and resolves when everything that was recorded
   * before is stored and delivered, or the time is over, 10,000 ms by default. Never rejects.
   */
  readonly flush: (limit?: TimeoutOptions) => Promise<FlushReport>;
  /**
   * Flushes and stops everything, within 10,000 ms by default. Never rejects, and may
   * be called twice.
   */
  readonly close: (limit?: TimeoutOptions) => Promise<FlushReport>;
}
