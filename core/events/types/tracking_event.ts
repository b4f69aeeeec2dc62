import {
  type ExperimentViewedData,
  experimentViewedShape,
} from "./definitions/experiment_viewed.ts";
import {
  type StickyBucketAssignedData,
  stickyBucketAssignedShape,
} from "./definitions/sticky_bucket_assigned.ts";
import { type CustomData, customShape } from "./definitions/custom.ts";
import {
  type FeatureEvaluatedData,
  featureEvaluatedShape,
} from "./definitions/feature_evaluated.ts";
import {
  type EventsDroppedData,
  eventsDroppedShape,
} from "./definitions/events_dropped.ts";
import {
  type DeliveryParkedData,
  deliveryParkedShape,
} from "./definitions/delivery_parked.ts";
import {
  type StorageDegradedData,
  storageDegradedShape,
} from "./definitions/storage_degraded.ts";
import { type ErasedData, erasedShape } from "./definitions/erased.ts";
import type { Shape } from "./field_rules.ts";
import type { NewEvent } from "./recorded_event.ts";

export type {
  ExperimentViewedData,
  ExperimentViewedEvent,
} from "./definitions/experiment_viewed.ts";
export type {
  StickyBucketAssignedData,
  StickyBucketAssignedEvent,
} from "./definitions/sticky_bucket_assigned.ts";
export type { CustomData, CustomEvent } from "./definitions/custom.ts";
export type {
  FeatureEvaluatedData,
  FeatureEvaluatedEvent,
} from "./definitions/feature_evaluated.ts";
export type {
  DropReason,
  EventsDroppedData,
  EventsDroppedEvent,
} from "./definitions/events_dropped.ts";
export type {
  DeliveryParkedData,
  DeliveryParkedEvent,
} from "./definitions/delivery_parked.ts";
export type {
  StorageDegradedData,
  StorageDegradedEvent,
} from "./definitions/storage_degraded.ts";
export type { ErasedData, ErasedEvent } from "./definitions/erased.ts";
export { dropReasons } from "./definitions/events_dropped.ts";

/** The data of each type of event that a log keeps. */
export interface TrackingData {
  /** An exposure. */
  readonly "experiment.viewed": ExperimentViewedData;
  /** An assignment to keep. */
  readonly "sticky-bucket.assigned": StickyBucketAssignedData;
  /** What the application logged. */
  readonly "custom": CustomData;
  /** Evaluations, counted. */
  readonly "feature.evaluated": FeatureEvaluatedData;
  /** Events that were given up. */
  readonly "events.dropped": EventsDroppedData;
  /** An event that a consumer refused for good. */
  readonly "delivery.parked": DeliveryParkedData;
  /** A store that can't be used. */
  readonly "storage.degraded": StorageDegradedData;
  /** What is left of an event whose user was erased. */
  readonly "erased": ErasedData;
}

/** What the data of each type has to be. */
export const trackingShapes: {
  readonly [Type in TrackingEventType]: Shape<TrackingData[Type]>;
} = {
  "experiment.viewed": experimentViewedShape,
  "sticky-bucket.assigned": stickyBucketAssignedShape,
  "custom": customShape,
  "feature.evaluated": featureEvaluatedShape,
  "events.dropped": eventsDroppedShape,
  "delivery.parked": deliveryParkedShape,
  "storage.degraded": storageDegradedShape,
  "erased": erasedShape,
};

/** The type of an event that a log keeps. */
export type TrackingEventType = keyof TrackingData;

/** The types of the events that a log keeps. */
export const trackingEventTypes: readonly TrackingEventType[] =
  /* @__PURE__ */ Object.keys(trackingShapes) as TrackingEventType[];

/** An event that a log keeps. All are of version 1. */
export type TrackingEvent = {
  readonly [Type in TrackingEventType]: NewEvent<Type, TrackingData[Type]>;
}[TrackingEventType];
