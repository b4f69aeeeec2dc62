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
  type DependencyDefinitions,
  type FeatureDependencies,
  featureDependencies,
} from "./feature/feature_dependencies.ts";
export { hash } from "./hash/hash.ts";
export { decrypt } from "./payload/decrypt/decrypt.ts";
export { decryptPayload } from "./payload/decrypt/decrypt_payload.ts";
export { parsePayload } from "./payload/read/parse_payload.ts";
export type { ParsedPayload } from "./payload/read/parsed_payload.ts";
export { payloadDigest } from "./payload/reconcile/payload_digest.ts";
export {
  type PayloadChanges,
  type ReconciledPayload,
  reconcilePayload,
} from "./payload/reconcile/reconcile_payload.ts";
export { evolveStickyBuckets } from "./sticky/evolve_sticky_buckets.ts";
export { stickyAttributes } from "./sticky/sticky_attributes.ts";
export type { Attributes, UserAttributes } from "./types/attributes.ts";
export type { AutoExperiment, AutoVariation } from "./types/auto_experiment.ts";
export {
  type ConditionOperator,
  conditionOperators,
} from "./types/condition.ts";
export type { Condition, SavedGroupReference } from "./types/condition.ts";
export type {
  AnyFeatures,
  Context,
  FallbackOf,
  ValueOf,
  Widen,
} from "./types/context.ts";
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
  UrlTarget,
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
  TypedDefinitions,
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
export { getQueryStringOverride } from "./url/get_query_string_override.ts";
export { isUrlTargeted } from "./url/is_url_targeted.ts";
