/**
 * What happened, as data: the types of events, and folds over a log of them that tell which user saw what,
 * whether the split of an experiment is as it should be, and whether decisions can be made again.
 *
 * @module
 */

export {
  checkSampleRatios,
  mismatchPValue,
  type SampleRatioCheck,
  type SampleRatioVerdict,
  sampleRatioVerdicts,
  type SplitCheck,
  toleratedCrossedShare,
  type VariationUsers,
} from "./projections/check_sample_ratios.ts";
export { type ClientState, clientState } from "./projections/client_state.ts";
export {
  type EventUser,
  type RecordLevel,
  recordLevels,
} from "./types/event_user.ts";
export {
  experimentViewedData,
  type ExposureOrigin,
} from "./types/experiment_viewed_data.ts";
export {
  type ExposureCount,
  type ExposureCounts,
  exposureCounts,
  listExposureCounts,
} from "./projections/exposure_counts.ts";
export {
  type ExposureIdentity,
  type ExposuresSeen,
  exposuresSeen,
  type ExposureWindow,
  hasSeenExposure,
  listExposuresSeen,
} from "./projections/exposures_seen.ts";
export {
  type FeatureUsage,
  featureUsage,
  type FeatureUse,
  listFeatureUsage,
} from "./projections/feature_usage.ts";
export {
  type AttributesChangedData,
  type AttributesChangedEvent,
  type HydrationMismatchedData,
  type HydrationMismatchedEvent,
  type InputData,
  type InputEvent,
  type InputEventType,
  inputEventTypes,
  type OverridesChangedData,
  type OverridesChangedEvent,
  type PayloadLoadedData,
  type PayloadLoadedEvent,
  type SourceFailedData,
  type SourceFailedEvent,
  type UrlChangedData,
  type UrlChangedEvent,
} from "./types/input_event.ts";
export type { KnownData, KnownEvent } from "./types/known_event.ts";
export {
  type CrossedUser,
  listCrossedUsers,
} from "./projections/list_crossed_users.ts";
export {
  type EventIssue,
  type EventIssueCode,
  eventIssueCodes,
  type ParsedEvent,
  parseEvent,
} from "./types/parse_event.ts";
export {
  findPayload,
  type PayloadsLoaded,
  payloadsLoaded,
} from "./projections/payloads_loaded.ts";
export type { Projection } from "./projections/projection.ts";
export { type DecidedUser, readUser } from "./types/read_user.ts";
export type { NewEvent, RecordedEvent } from "./types/recorded_event.ts";
export {
  type AnyProjection,
  type ProjectedStates,
  type ProjectionFailure,
  type Projections,
  type Replay,
  replay,
  type ReplayLimit,
  type ReplayOptions,
} from "./projections/replay.ts";
export { type SampleRatio, sampleRatio } from "./projections/sample_ratio.ts";
export {
  getStickyDocuments,
  listStickyDocuments,
  type StickyDocuments,
  stickyDocuments,
} from "./projections/sticky_documents.ts";
export {
  type ExperimentVerification,
  type MissingEvidence,
  summarizeDecisions,
  type VariationMove,
} from "./verify/summarize_decisions.ts";
export {
  type CustomData,
  type CustomEvent,
  type DeliveryParkedData,
  type DeliveryParkedEvent,
  type DropReason,
  dropReasons,
  type ErasedData,
  type ErasedEvent,
  type EventsDroppedData,
  type EventsDroppedEvent,
  type ExperimentViewedData,
  type ExperimentViewedEvent,
  type FeatureEvaluatedData,
  type FeatureEvaluatedEvent,
  type StickyBucketAssignedData,
  type StickyBucketAssignedEvent,
  type StorageDegradedData,
  type StorageDegradedEvent,
  type TrackingData,
  type TrackingEvent,
  type TrackingEventType,
  trackingEventTypes,
} from "./types/tracking_event.ts";
export {
  type DecisionOutcome,
  type UnverifiableReason,
  unverifiableReasons,
  type VariationReference,
  type VerifiedDecision,
} from "./verify/verified_decision.ts";
export {
  verifyDecisions,
  type VerifyOptions,
} from "./verify/verify_decisions.ts";
export type { ProjectionState } from "./projections/projection_state.ts";
