import fc from "fast-check";
import type { Experiment } from "../../core/types/experiment.ts";
import type {
  FeatureDefinition,
  FeatureDefinitions,
  FeatureRule,
  TrackedExposure,
} from "../../core/types/feature.ts";
import type { JsonValue } from "../../core/types/json.ts";
import type { ExperimentResult } from "../../core/types/result.ts";
import {
  arbitraryCoverage,
  arbitraryFilter,
  arbitraryRange,
  arbitraryVariations,
  type BucketingFields,
  bucketingFields,
} from "./bucketing.ts";
import {
  arbitraryExperimentKey,
  arbitraryHashAttribute,
  banditReferences,
  featureKeys,
} from "./names.ts";
import { often, rarely, sometimes, sparse } from "./sparse.ts";
import { arbitraryParentCondition, arbitraryTargeting } from "./targeting.ts";
import { arbitraryJson } from "./values.ts";

/** The value of a feature: mostly one that a condition on parents means something to. */
export const arbitraryFeatureValue: fc.Arbitrary<JsonValue> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom<JsonValue>(true, false, 0, 1, "a", "b", null),
  },
  { weight: 1, arbitrary: arbitraryJson },
);

/** An exposure of a remote evaluation. */
const arbitraryTrackedExposure: fc.Arbitrary<TrackedExposure> = fc
  .record({
    experiment: fc.record<Experiment>({
      key: arbitraryExperimentKey,
      variations: fc.array(arbitraryFeatureValue, {
        minLength: 2,
        maxLength: 2,
      }),
    }, { noNullPrototype: true }),
    result: fc.record<ExperimentResult>({
      key: fc.constantFrom("0", "1"),
      featureId: fc.constantFrom(...featureKeys),
      inExperiment: fc.constant(true),
      hashUsed: fc.constant(true),
      variationId: fc.constantFrom(0, 1),
      value: arbitraryFeatureValue,
      hashAttribute: arbitraryHashAttribute,
      hashValue: fc.nat(3).map(String),
      stickyBucketUsed: fc.boolean(),
      bucket: fc.constantFrom(0, 0.5, 0.9),
    }, { noNullPrototype: true }),
  }, { noNullPrototype: true });

/** What rules of both kinds have. */
type CommonFields = Pick<
  FeatureRule,
  "id" | "condition" | "parentConditions" | "filters"
>;

const arbitraryCommonFields: fc.Arbitrary<CommonFields> = sparse<CommonFields>({
  id: sometimes(fc.constantFrom("rule-1", "rule-2", "")),
  condition: sometimes(arbitraryTargeting),
  parentConditions: sometimes(
    fc.array(arbitraryParentCondition, { maxLength: 2 }),
  ),
  filters: rarely(fc.array(arbitraryFilter, { maxLength: 2 })),
});

/** What a rule that forces a value has besides. */
type RolloutFields = Pick<
  FeatureRule,
  | "coverage"
  | "range"
  | "seed"
  | "hashAttribute"
  | "fallbackAttribute"
  | "disableStickyBucketing"
  | "hashVersion"
  | "tracks"
>;

/** A rule that forces a value, to everybody or to a share of users. */
const arbitraryForceRule: fc.Arbitrary<FeatureRule> = fc.tuple(
  arbitraryCommonFields,
  fc.record({ force: arbitraryFeatureValue }, { noNullPrototype: true }),
  sparse<RolloutFields>({
    coverage: sometimes(arbitraryCoverage),
    range: rarely(arbitraryRange),
    seed: bucketingFields.seed,
    hashAttribute: bucketingFields.hashAttribute,
    fallbackAttribute: bucketingFields.fallbackAttribute,
    disableStickyBucketing: bucketingFields.disableStickyBucketing,
    hashVersion: bucketingFields.hashVersion,
    tracks: sometimes(fc.array(arbitraryTrackedExposure, { maxLength: 3 })),
  }),
).map(([common, force, rollout]) => ({ ...common, ...force, ...rollout }));

/** What a rule that runs an experiment has besides. */
type ExperimentRuleFields =
  & BucketingFields
  & Pick<
    FeatureRule,
    "key" | "variations" | "contextualVariations" | "contextualBanditRef"
  >;

/** A rule that runs an experiment, now and then without anything to choose from. */
const arbitraryExperimentRule: fc.Arbitrary<FeatureRule> = fc.tuple(
  arbitraryCommonFields,
  fc.record({
    variations: arbitraryVariations(arbitraryFeatureValue),
  }, { noNullPrototype: true }),
  sparse<Omit<ExperimentRuleFields, "variations">>({
    ...bucketingFields,
    key: sometimes(arbitraryExperimentKey),
    contextualVariations: rarely(arbitraryVariations(arbitraryFeatureValue)),
    contextualBanditRef: sometimes(fc.constantFrom(...banditReferences)),
  }),
  fc.nat(19).map((number) => number === 19),
).map(([common, { variations }, experiment, isEmpty]) => ({
  ...common,
  ...isEmpty ? {} : { variations },
  ...experiment,
}));

/** A feature with rules of both kinds. */
const arbitraryFeature: fc.Arbitrary<FeatureDefinition> = sparse<
  FeatureDefinition
>({
  defaultValue: often(
    arbitraryFeatureValue as fc.Arbitrary<NonNullable<JsonValue>>,
  ),
  rules: often(
    fc.array(fc.oneof(arbitraryForceRule, arbitraryExperimentRule), {
      maxLength: 4,
    }),
  ),
});

/** A handful of features that ask for each other. */
export const arbitraryFeatures: fc.Arbitrary<FeatureDefinitions> = fc.record(
  Object.fromEntries(featureKeys.map((key) => [key, arbitraryFeature])),
  { noNullPrototype: true },
);
