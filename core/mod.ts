/**
 * The functional core of growthstream: GrowthBook payloads evaluated by pure functions over plain
 * data. Nothing here reads a clock, draws a random number, keeps state that can be seen or does
 * anything to the world; what a decision causes is returned as data.
 *
 * @module
 */

export { chooseVariation } from "./bucket/choose_variation.ts";
export { getBucketRanges } from "./bucket/get_bucket_ranges.ts";
export { getEqualWeights } from "./bucket/get_equal_weights.ts";
export { inNamespace } from "./bucket/in_namespace.ts";
export { inRange } from "./bucket/in_range.ts";
export type { NestedMap } from "./collections/nested_map.ts";
export type { Queue, QueueRow } from "./collections/queue.ts";
export type {
  PackedLeaf,
  SortedBranch,
  SortedLeaf,
  SortedMap,
  SortedNode,
} from "./collections/sorted_map.ts";
export { evalCondition } from "./condition/eval_condition.ts";
export { paddedVersionString } from "./condition/padded_version_string.ts";
export {
  type AutoChange,
  type AutoExperimentsDecision,
  type AutoRedirect,
  decideAutoExperiments,
} from "./decide/decide_auto_experiments.ts";
export {
  decideExperiment,
  type ExperimentDecision,
} from "./decide/decide_experiment.ts";
export {
  decideFeature,
  type FeatureDecision,
} from "./decide/decide_feature.ts";
export { evalFeature } from "./decide/eval_feature.ts";
export { explainFeature } from "./decide/explain_feature.ts";
export { getFeatureValue } from "./decide/get_feature_value.ts";
export { isOff } from "./decide/is_off.ts";
export { isOn } from "./decide/is_on.ts";
export { runExperiment } from "./decide/run_experiment.ts";
export {
  checkSampleRatios,
  mismatchPValue,
  type SampleRatioCheck,
  type SampleRatioVerdict,
  sampleRatioVerdicts,
  type SplitCheck,
  toleratedCrossedShare,
  type VariationUsers,
} from "./events/projections/check_sample_ratios.ts";
export {
  type ClientState,
  clientState,
} from "./events/projections/client_state.ts";
export {
  type EventUser,
  type RecordLevel,
  recordLevels,
} from "./events/types/event_user.ts";
export {
  experimentViewedData,
  type ExposureOrigin,
} from "./events/types/experiment_viewed_data.ts";
export {
  type ExposureCount,
  type ExposureCounts,
  exposureCounts,
  listExposureCounts,
} from "./events/projections/exposure_counts.ts";
export {
  type ExposureIdentity,
  type ExposuresSeen,
  exposuresSeen,
  type ExposureWindow,
  hasSeenExposure,
  listExposuresSeen,
  type SeenExposure,
} from "./events/projections/exposures_seen.ts";
export {
  type FeatureUsage,
  featureUsage,
  type FeatureUse,
  listFeatureUsage,
} from "./events/projections/feature_usage.ts";
export {
  type AttributesChangedData,
  type AttributesChangedEvent,
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
} from "./events/types/input_event.ts";
export type { KnownData, KnownEvent } from "./events/types/known_event.ts";
export {
  type CrossedUser,
  listCrossedUsers,
} from "./events/projections/list_crossed_users.ts";
export {
  type EventIssue,
  type EventIssueCode,
  eventIssueCodes,
  type ParsedEvent,
  parseEvent,
} from "./events/types/parse_event.ts";
export {
  findPayload,
  type PayloadsLoaded,
  payloadsLoaded,
} from "./events/projections/payloads_loaded.ts";
export type { Projection } from "./events/projections/projection.ts";
export { type DecidedUser, readUser } from "./events/types/read_user.ts";
export type { NewEvent, RecordedEvent } from "./events/types/recorded_event.ts";
export {
  type AnyProjection,
  type ProjectedStates,
  type ProjectionFailure,
  type Projections,
  type Replay,
  replay,
  type ReplayLimit,
  type ReplayOptions,
} from "./events/projections/replay.ts";
export {
  type ExperimentSplit,
  type SampleRatio,
  sampleRatio,
  type Sighting,
  type SplitGroup,
} from "./events/projections/sample_ratio.ts";
export {
  getStickyDocuments,
  listStickyDocuments,
  type StickyDocuments,
  stickyDocuments,
} from "./events/projections/sticky_documents.ts";
export {
  type ExperimentVerification,
  type MissingEvidence,
  summarizeDecisions,
  type VariationMove,
} from "./events/verify/summarize_decisions.ts";
export {
  type CustomData,
  type CustomEvent,
  type DeliveryParkedData,
  type DeliveryParkedEvent,
  type DropReason,
  dropReasons,
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
  type TrackingEvent,
  type TrackingEventType,
  trackingEventTypes,
} from "./events/types/tracking_event.ts";
export {
  type DecisionOutcome,
  type UnverifiableReason,
  unverifiableReasons,
  type VariationReference,
  type VerifiedDecision,
} from "./events/verify/verified_decision.ts";
export {
  verifyDecisions,
  type VerifyOptions,
} from "./events/verify/verify_decisions.ts";
export {
  type DependencyDefinitions,
  type FeatureDependencies,
  featureDependencies,
} from "./feature/feature_dependencies.ts";
export { hash } from "./hash/hash.ts";
export { decrypt } from "./payload/read/decrypt.ts";
export { decryptPayload } from "./payload/read/decrypt_payload.ts";
export { parsePayload } from "./payload/read/parse_payload.ts";
export type { ParsedPayload } from "./payload/read/parsed_payload.ts";
export { payloadDigest } from "./payload/reconcile/payload_digest.ts";
export {
  type PayloadChanges,
  type ReconciledPayload,
  reconcilePayload,
} from "./payload/reconcile/reconcile_payload.ts";
export { checkSplit, type SplitTest } from "./statistics/check_split.ts";
export { chiSquaredPValue } from "./statistics/chi_squared_p_value.ts";
export { evolveStickyBuckets } from "./sticky/evolve_sticky_buckets.ts";
export { stickyAttributes } from "./sticky/sticky_attributes.ts";
export type { Attributes, UserAttributes } from "./types/attributes.ts";
export type { AutoExperiment, AutoVariation } from "./types/auto_experiment.ts";
export {
  type Condition,
  type ConditionOperator,
  conditionOperators,
  type SavedGroupReference,
} from "./types/condition.ts";
export type { AnyFeatures, Context } from "./types/context.ts";
export type {
  BanditContext,
  ContextualBandit,
  ContextualBandits,
} from "./types/contextual_bandit.ts";
export type {
  DecisionEvent,
  ExperimentViewed,
  StickyBucketAssigned,
} from "./types/decision_event.ts";
export type {
  BanditLeaf,
  BucketRange,
  Experiment,
  ExperimentOverride,
  ExperimentStatus,
  Filter,
  Namespace,
  ParentCondition,
  VariationMeta,
} from "./types/experiment.ts";
export {
  type ConditionFailure,
  type FeatureExplanation,
  type GateDetail,
  type GateExplanation,
  type GateName,
  gateNames,
  type HashDetail,
  type PrerequisiteExplanation,
  type RuleExplanation,
} from "./types/explanation.ts";
export type {
  FeatureDefinition,
  FeatureDefinitions,
  FeatureRule,
  TrackedExposure,
} from "./types/feature.ts";
export type {
  JsonArray,
  JsonObject,
  JsonPrimitive,
  JsonValue,
} from "./types/json.ts";
export type { Payload } from "./types/payload.ts";
export {
  payloadErrorCodes,
  type PayloadIssue,
  type PayloadIssueCode,
  payloadIssueCodes,
  payloadIssueSeverities,
  type PayloadIssueSeverity,
  payloadWarningCodes,
} from "./types/payload_issue.ts";
export {
  type ExperimentResult,
  type FeatureResult,
  type FeatureSource,
  featureSources,
} from "./types/result.ts";
export type {
  ConditionSavedGroup,
  ListSavedGroup,
  SavedGroup,
  SavedGroups,
} from "./types/saved_group.ts";
export { type SkipReason, skipReasons } from "./types/skip_reason.ts";
export type {
  StickyAssignmentDocument,
  StickyAssignmentDocuments,
  StickyAssignments,
} from "./types/sticky_bucket.ts";
export type { UrlTarget } from "./types/url_target.ts";
export type { Widen } from "./types/widen.ts";
export { getQueryStringOverride } from "./url/get_query_string_override.ts";
export { isUrlTargeted } from "./url/is_url_targeted.ts";
