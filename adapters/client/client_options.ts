import type { Observable } from "../support/observable.ts";
import type { RecordLevel } from "../../core/events/types/event_user.ts";
import type { Attributes } from "../../core/types/attributes.ts";
import type { Context } from "../../core/types/context.ts";
import type { Payload } from "../../core/types/payload.ts";
import type { PayloadIssue } from "../../core/types/payload_issue.ts";
import type { Sink } from "../delivery/sink.ts";
import type { EventStore } from "../log/port/event_store.ts";
import type { PayloadSource } from "../sources/payload_source.ts";
import type { StickyBucketStore } from "../sticky/sticky_bucket_store.ts";
import type { Clock } from "../support/time/clock.ts";
import type {
  ForcedFeatureValues,
  ForcedVariations,
} from "./state/client_input.ts";
import type { LogEntry } from "./log/log_entry.ts";
import type { TrackingCallback } from "./recording/consumers/tracking_callback.ts";

/** How a client remembers the exposures that it recorded. */
export interface TrackingOptions {
  /** Whether tracking is paused at first, as with `tracking: "paused"`; false by default. */
  readonly isPaused?: boolean;
  /** How many exposures are remembered so as not to record them again; 100,000 by default. */
  readonly exposureCapacity?: number;
  /** For how long they are remembered, in milliseconds; 24 hours by default. */
  readonly exposureAge?: number;
}

/** What a client records besides exposures, and how much of it may wait for the store. */
export interface RecordingOptions {
  /**
   * Whether to count evaluations, as `feature.evaluated`; false by default. Of those for a subscription,
   * each counts that changes the result.
   */
  readonly countEvaluations?: boolean;
  /** How often counts are recorded, in milliseconds; 60,000 by default. */
  readonly countInterval?: number;
  /** Whether inputs are recorded too; false by default. They hold all attributes. */
  readonly recordInputs?: boolean;
  /**
   * Whether payloads are recorded, in the `payload.loaded` event of each that differs from those
   * before it; false by default. With them the decisions in a log can be made again.
   */
  readonly recordPayloads?: boolean;
  /**
   * How many events may wait: for consent, for the store or, without one, for each consumer; 10,000
   * by default. Past that the oldest are given up, and `events.dropped` tells of them.
   */
  readonly capacity?: number;
  /** About how many characters of JSON may wait; 16,777,216 by default. */
  readonly maxCharacters?: number;
}

/** For how long `flush`, `close`, a server and a store of sticky buckets are waited for, in milliseconds. */
export const longestWait = 10_000;

/** What a client is made with. Everything but the source has a default. */
export interface ClientOptions {
  /** Where payloads come from: a source of this package, or any observable of payloads. */
  readonly source: PayloadSource | Observable<Payload>;
  /**
   * A payload that serves until the source has one, such as the one that a server rendered a page
   * with. `ready()` does not wait for the source then, and `status$` is `stale` with the code
   * `"initial-payload"` until the source has answered. A payload of the source that is older, by
   * `dateUpdated`, does not take its place.
   */
  readonly initialPayload?: unknown;
  /**
   * What a server decided for the page, as `serializeSnapshot` of `@growthstream/sdk/react` wrote it: the
   * text, or what `JSON.parse` makes of it. Its decisions serve until the source has a payload, and the
   * exposures that the server recorded are not recorded again. A decision that comes out otherwise then is
   * told by the event `hydration.mismatched`. Null and an empty text stand for a page without one.
   */
  readonly hydrate?: string | object | null;
  /** What is known of the user, `{}` by default. */
  readonly attributes?: Attributes;
  /** Attributes that replace the user's, for quality assurance. */
  readonly attributeOverrides?: Attributes;
  /** The URL of the page; `""` by default. */
  readonly url?: string;
  /** `false` turns all experiments off. */
  readonly enabled?: boolean;
  /** Whether experiments run only where a variation is forced. */
  readonly qaMode?: boolean;
  /** Variation indices by experiment key. */
  readonly forcedVariations?: ForcedVariations;
  /** Values by feature key. */
  readonly forcedFeatureValues?: ForcedFeatureValues;
  /** Legacy: groups that the user is in. */
  readonly groups?: NonNullable<Context["groups"]>;
  /** Legacy: parts of experiments to replace, by experiment key. */
  readonly overrides?: NonNullable<Context["overrides"]>;
  /** The SDK connection's decryption key, where payloads are encrypted. */
  readonly decryptionKey?: string;
  /** Is called with each exposure, once it is recorded and, where there is a store, stored. */
  readonly trackingCallback?: TrackingCallback;
  /** Where events are sent on to; see `sink` in `@growthstream/sdk/delivery`. */
  readonly sinks?: readonly Sink[];
  /**
   * Where events are kept: they are stored before a callback or a sink gets them, and survive the process. An
   * exposure that any client of the store recorded within `exposureAge` is not recorded again. What a
   * client that is gone did not deliver, another one with the same consumers takes over within 15
   * seconds. Without a store, events go from memory to the callback and the sinks.
   */
  readonly store?: EventStore;
  /** Where sticky buckets are kept; sticky bucketing is off by default. */
  readonly stickyBuckets?: StickyBucketStore;
  /**
   * Whether features that use sticky buckets wait for a user's to be loaded (default), or go on
   * without them: no buckets are assigned then, until they are there.
   */
  readonly waitForStickyBuckets?: boolean;
  /** Attributes that identify users to inline experiments, besides those of the payload and `id`. */
  readonly stickyAttributes?: readonly string[];
  /**
   * What of a user is stored with an event; `"identity"` by default. `"decision"` loads more code, which finds
   * what decisions read. Without a store, events that happen before it has come reach `events$` once it has.
   */
  readonly recordUser?: RecordLevel;
  /**
   * `"paused"` lets everything that is recorded wait in memory until `resumeTracking`, such as for a
   * visitor's consent: nothing is stored, sent or told before. Otherwise, for how long, and how many,
   * exposures are remembered so as not to record them again.
   */
  readonly tracking?: "paused" | TrackingOptions;
  /** What is recorded besides exposures, and how much may wait to be stored. */
  readonly recording?: RecordingOptions;
  /**
   * Looks for what is suspicious in each payload, as `lintPayload` of `@growthstream/sdk/lint` does.
   * `status$` and `events$` tell what it finds; nothing looks by default.
   */
  readonly inspect?: (payload: Payload) => readonly PayloadIssue[];
  /** What time it is, and timers; the system's by default. */
  readonly clock?: Clock;
  /** Makes the ids of events: UUIDs of version 7 by default, and where it throws. */
  readonly createId?: () => string;
  /** A random number from 0 up to 1, for the pauses between attempts. */
  readonly random?: () => number;
  /**
   * Is called with errors from outside the client: subscribers and callbacks that throw, stores that
   * can't be read, properties that are no JSON. It is written to the console by default, unless there is
   * a `log`.
   */
  readonly onError?: (error: unknown) => void;
  /**
   * Is called with structured entries for the people that run the client: its state and the reason,
   * payloads that come, failures of the source, events that are lost or put aside, and each error that
   * `onError` is called with. Nothing of a user, and no key, is in them.
   */
  readonly log?: (entry: LogEntry) => void;
}

/** What a client is made with that begins with a server's page, and may go without a source. */
export interface HydratedOptions
  extends Omit<ClientOptions, "source" | "hydrate"> {
  /** Where payloads come from. Without one, the decisions of the server stay. */
  readonly source?: ClientOptions["source"];
  /** What the server decided for the page. */
  readonly hydrate: string | object;
}
