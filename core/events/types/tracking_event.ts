import type { JsonObject, JsonValue } from "../../types/json.ts";
import type { FeatureSource } from "../../types/result.ts";
import type { StickyAssignments } from "../../types/sticky_bucket.ts";
import type { NewEvent } from "./recorded_event.ts";

/** The types of the events that a log keeps. */
export const trackingEventTypes = [
  "experiment.viewed",
  "sticky-bucket.assigned",
  "custom",
  "feature.evaluated",
  "events.dropped",
  "delivery.parked",
  "storage.degraded",
] as const;

/** The type of an event that a log keeps. */
export type TrackingEventType = typeof trackingEventTypes[number];

/** What is known of an exposure: references and figures, no definitions. */
export interface ExperimentViewedData {
  /** The key of the experiment. */
  readonly experimentKey: string;
  /** The index of the variation. */
  readonly variationId: number;
  /** The key of the variation. */
  readonly variationKey: string;
  /** The attribute that decided the bucket. */
  readonly hashAttribute: string;
  /** Its value. */
  readonly hashValue: JsonValue;
  /** The feature that the experiment belongs to; null for an inline experiment. */
  readonly featureId: string | null;
  /** The rule of the feature that was asked for; `""` where there is none. */
  readonly ruleId: string;
  /** The feature that was asked for: `featureId`, or one that depends on it; null for an inline one. */
  readonly askedFeatureId: string | null;
  /** Whether the user takes part; false only for an index past the last variation. */
  readonly inExperiment: boolean;
  /** Whether a sticky bucket decided. */
  readonly stickyBucketUsed: boolean;
  /** The weights in force, one for each variation. */
  readonly weights: readonly number[];
  /** The coverage in force, 0 to 1. */
  readonly coverage: number;
  /** Where the hash fell, 0 to 1. */
  readonly bucket?: number;
  /** The name of the experiment. */
  readonly experimentName?: string;
  /** The name of the variation. */
  readonly variationName?: string;
  /** The phase of the experiment. */
  readonly phase?: string;
  /** Whether the experiment is a holdout that let its user go on. */
  readonly passthrough?: boolean;
  /** The contextual bandit's leaf; -1 where none matched. */
  readonly leafId?: number;
  /** The version of the contextual bandit. */
  readonly banditVersion?: number;
  /** The digest of the payload that decided. */
  readonly payloadDigest?: string;
}

/** What is known of an assignment to keep. */
export interface StickyBucketAssignedData {
  /** The attribute that identifies the user. */
  readonly attributeName: string;
  /** Its value, as a text. */
  readonly attributeValue: string;
  /** The assignments that are new or changed, by `experimentKey__bucketVersion`. */
  readonly assignments: StickyAssignments;
}

/** Something that the application logged. */
export interface CustomData {
  /** What it is called. */
  readonly name: string;
  /** What the application said of it. */
  readonly properties: JsonObject;
}

/** How often a feature was evaluated to a value by a rule, since the last such count. */
export interface FeatureEvaluatedData {
  /** The key of the feature. */
  readonly featureKey: string;
  /** The value. */
  readonly value: JsonValue;
  /** Where the value came from. */
  readonly source: FeatureSource;
  /** The rule; `""` where none decided. */
  readonly ruleId: string;
  /** How often. */
  readonly count: number;
}

/** Why events were given up. */
export const dropReasons = [
  "overflow",
  "bytes",
  "age",
  "pruned",
  "closed",
  "invalid",
] as const;

/**
 * Why events were given up: too many, too large, too old, removed on demand, the log was closed, or
 * they were not JSON.
 */
export type DropReason = typeof dropReasons[number];

/** Events that were given up. */
export interface EventsDroppedData {
  /** Why. */
  readonly reason: DropReason;
  /** How many. */
  readonly count: number;
  /** How many of each type; of more than 100 types, the rest together under `"other"`. */
  readonly types: { readonly [type: string]: number };
  /** The consumer that will not get them; null where they never reached the store. */
  readonly consumer: string | null;
}

/** An event that a consumer refused for good. */
export interface DeliveryParkedData {
  /** The name of the consumer. */
  readonly consumer: string;
  /** The id of the event. */
  readonly eventId: string;
  /** Its position. */
  readonly eventPosition: number;
  /** How often it was tried. */
  readonly attempts: number;
  /** What the consumer said, without secrets. */
  readonly message: string;
}

/** A store that can't be used for now. */
export interface StorageDegradedData {
  /** What is wrong: `"open"`, `"full"`, `"read-only"`, `"locked"`, `"corrupt"`, `"newer"`, `"failed"`. */
  readonly code: string;
  /** The same for people, without secrets. */
  readonly message: string;
}

/**
 * Somebody was shown a variation.
 *
 * @example
 * ```ts
 * import { parseEvent, type ExperimentViewedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: ExperimentViewedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "experiment.viewed",
 *   version: 1,
 *   data: {
 *     experimentKey: "cta",
 *     variationId: 1,
 *     variationKey: "1",
 *     hashAttribute: "id",
 *     hashValue: "7",
 *     featureId: "cta",
 *     ruleId: "fr_1",
 *     askedFeatureId: "cta",
 *     inExperiment: true,
 *     stickyBucketUsed: false,
 *     weights: [0.5, 0.5],
 *     coverage: 1,
 *   },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type ExperimentViewedEvent = NewEvent<
  "experiment.viewed",
  ExperimentViewedData
>;

/**
 * Somebody was given a variation to keep.
 *
 * @example
 * ```ts
 * import { parseEvent, type StickyBucketAssignedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: StickyBucketAssignedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "sticky-bucket.assigned",
 *   version: 1,
 *   data: { attributeName: "id", attributeValue: "7", assignments: { cta__0: "1" } },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type StickyBucketAssignedEvent = NewEvent<
  "sticky-bucket.assigned",
  StickyBucketAssignedData
>;

/**
 * The application logged something.
 *
 * @example
 * ```ts
 * import { parseEvent, type CustomEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: CustomEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "custom",
 *   version: 1,
 *   data: { name: "purchase", properties: { amount: 12.5 } },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type CustomEvent = NewEvent<"custom", CustomData>;

/**
 * Evaluations were counted.
 *
 * @example
 * ```ts
 * import { parseEvent, type FeatureEvaluatedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: FeatureEvaluatedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "feature.evaluated",
 *   version: 1,
 *   data: { featureKey: "cta", value: "Buy", source: "force", ruleId: "fr_1", count: 3 },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type FeatureEvaluatedEvent = NewEvent<
  "feature.evaluated",
  FeatureEvaluatedData
>;

/**
 * Events were given up.
 *
 * @example
 * ```ts
 * import { parseEvent, type EventsDroppedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: EventsDroppedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "events.dropped",
 *   version: 1,
 *   data: { reason: "age", count: 3, types: { custom: 3 }, consumer: "tracking" },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type EventsDroppedEvent = NewEvent<"events.dropped", EventsDroppedData>;

/**
 * A consumer refused an event for good.
 *
 * @example
 * ```ts
 * import { parseEvent, type DeliveryParkedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: DeliveryParkedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "delivery.parked",
 *   version: 1,
 *   data: {
 *     consumer: "tracking",
 *     eventId: "0199b2c4-6c00-7000-8000-000000000000",
 *     eventPosition: 41,
 *     attempts: 1,
 *     message: "400 Bad Request",
 *   },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type DeliveryParkedEvent = NewEvent<
  "delivery.parked",
  DeliveryParkedData
>;

/**
 * A store can't be used for now.
 *
 * @example
 * ```ts
 * import { parseEvent, type StorageDegradedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: StorageDegradedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "storage.degraded",
 *   version: 1,
 *   data: { code: "full", message: "the disk is full" },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type StorageDegradedEvent = NewEvent<
  "storage.degraded",
  StorageDegradedData
>;

/** An event that a log keeps. All are of version 1. */
export type TrackingEvent =
  | ExperimentViewedEvent
  | StickyBucketAssignedEvent
  | CustomEvent
  | FeatureEvaluatedEvent
  | EventsDroppedEvent
  | DeliveryParkedEvent
  | StorageDegradedEvent;
