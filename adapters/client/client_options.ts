import type { Observable } from "../support/observable.ts";
import type { RecordLevel } from "../../core/events/types/event_user.ts";
import type { Attributes } from "../../core/types/attributes.ts";
import type { Context } from "../../core/types/context.ts";
import type { Payload } from "../../core/types/payload.ts";
import type { PayloadIssue } from "../../core/types/payload_issue.ts";
import type { EventStore } from "../log/event_store.ts";
import type { PayloadSource } from "../sources/payload_source.ts";
import type { StickyBucketStore } from "../sticky/sticky_bucket_store.ts";
import type { Clock } from "../support/clock.ts";
import type {
  ForcedFeatureValues,
  ForcedVariations,
} from "./state/client_input.ts";
import type { TrackingCallback } from "./recording/tracking_callback.ts";

/** How a client remembers the exposures that it recorded. */
export interface TrackingOptions {
  /** How many exposures are remembered so as not to record them again; 100,000 by default. */
  readonly exposureCapacity?: number;
  /** For how long they are remembered, in milliseconds; 24 hours by default. */
  readonly exposureAge?: number;
}

/** What a client records besides exposures, and how much of it may wait for the store. */
export interface LogOptions {
  /** Whether to count evaluations, as `feature.evaluated`; false by default. */
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
  /** How many events may wait for the store; 10,000 by default. */
  readonly capacity?: number;
  /** How many characters of JSON may wait for it; 16,777,216 by default. */
  readonly maxCharacters?: number;
}

/** The defaults of a client's options, and the limits that no option changes; times in milliseconds. */
export const clientDefaults = {
  exposureCapacity: 100_000,
  exposureAge: 86_400_000,
  countInterval: 60_000,
  /** For how long a sticky bucket store, or a server, is waited for. */
  loadTimeout: 10_000,
  /** For how long `close` waits. */
  closeTimeout: 10_000,
} as const;

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
  /** Is called with each exposure, once it is recorded. */
  readonly trackingCallback?: TrackingCallback;
  /**
   * Where events are kept; a bounded memory of the client's own by default. The client starts from
   * the exposures that are there: what was recorded within `exposureAge` is not recorded again.
   * Until they are read, for 5 seconds at most, events are held, and `events$` tells of them then;
   * of inputs that are not recorded it tells at once. What takes longer to read counts later, and
   * what was recorded before that may be there twice.
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
  /** What of a user is stored with an event; `"identity"` by default. */
  readonly recordUser?: RecordLevel;
  /** For how long, and how many, exposures are remembered so as not to record them again. */
  readonly tracking?: TrackingOptions;
  /** What is recorded besides exposures, and how much may wait to be stored. */
  readonly log?: LogOptions;
  /**
   * Looks for what is suspicious in each payload, as `lintPayload` of `@growthstream/sdk/lint` does.
   * `status$` and `events$` tell what it finds; nothing looks by default.
   */
  readonly inspect?: (payload: Payload) => readonly PayloadIssue[];
  /** What time it is, and timers; the system's by default. */
  readonly clock?: Clock;
  /** Makes the ids of events: UUIDs of version 7 by default. */
  readonly createId?: () => string;
  /** A random number from 0 up to 1, for the pauses between attempts. */
  readonly random?: () => number;
  /**
   * Is told of what goes wrong outside the client: subscribers and callbacks that throw, stores that
   * can't be read, properties that are no JSON. It is written to the console by default.
   */
  readonly onError?: (error: unknown) => void;
}
