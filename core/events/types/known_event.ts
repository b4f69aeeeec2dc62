import type {
  AttributesChangedData,
  InputEvent,
  OverridesChangedData,
  PayloadLoadedData,
  SourceFailedData,
  UrlChangedData,
} from "./input_event.ts";
import type {
  CustomData,
  DeliveryParkedData,
  EventsDroppedData,
  ExperimentViewedData,
  FeatureEvaluatedData,
  StickyBucketAssignedData,
  StorageDegradedData,
  TrackingEvent,
} from "./tracking_event.ts";

/** An event of a type and version that this version of the library knows. */
export type KnownEvent = TrackingEvent | InputEvent;

/** The data of each type of event. */
export interface KnownData {
  /** An exposure. */
  readonly "experiment.viewed": ExperimentViewedData;
  /** An assignment to keep. */
  readonly "sticky-bucket.assigned": StickyBucketAssignedData;
  /** What the application logged. */
  readonly "custom": CustomData;
  /** Evaluations, counted. */
  readonly "feature.evaluated": FeatureEvaluatedData;
  /** Events given up. */
  readonly "events.dropped": EventsDroppedData;
  /** An event refused for good. */
  readonly "delivery.parked": DeliveryParkedData;
  /** A store that can't be used. */
  readonly "storage.degraded": StorageDegradedData;
  /** A payload. */
  readonly "payload.loaded": PayloadLoadedData;
  /** Attributes. */
  readonly "attributes.changed": AttributesChangedData;
  /** A URL. */
  readonly "url.changed": UrlChangedData;
  /** What is forced. */
  readonly "overrides.changed": OverridesChangedData;
  /** A source that failed. */
  readonly "source.failed": SourceFailedData;
}
