import fc from "fast-check";
import type {
  Experiment,
  ExperimentOverride,
  ExperimentStatus,
} from "../../core/types/experiment.ts";
import type { UrlTarget } from "../../core/types/experiment.ts";
import {
  arbitraryVariations,
  type BucketingFields,
  bucketingFields,
} from "./bucketing.ts";
import { arbitraryFeatureValue } from "./features.ts";
import { arbitraryExperimentKey, legacyGroupNames } from "./names.ts";
import { type Field, rarely, sometimes, sparse } from "./sparse.ts";
import { arbitraryParentCondition, arbitraryTargeting } from "./targeting.ts";

/** A target that is met by some of the pages of `arbitraryUrl`. */
const arbitraryUrlTarget: fc.Arbitrary<UrlTarget> = fc.record({
  include: fc.constantFrom(true, true, true, false),
  type: fc.constantFrom("simple", "regex"),
  pattern: fc.constantFrom("*", "/", "/cart", "^/c", "shop.example.com/*", "["),
}, { noNullPrototype: true });

/** What only an inline experiment has, or one that overrides change. */
type InlineFields = Pick<
  Experiment,
  | "condition"
  | "parentConditions"
  | "urlPatterns"
  | "active"
  | "force"
  | "status"
  | "groups"
  | "url"
>;

const inlineFields: {
  readonly [Name in keyof InlineFields]-?: Field<
    NonNullable<InlineFields[Name]>
  >;
} = {
  condition: sometimes(arbitraryTargeting),
  parentConditions: rarely(
    fc.array(arbitraryParentCondition, { maxLength: 2 }),
  ),
  urlPatterns: rarely(fc.array(arbitraryUrlTarget, { maxLength: 3 })),
  active: rarely(fc.boolean()),
  force: rarely(fc.integer({ min: -1, max: 4 })),
  status: rarely(
    fc.constantFrom<ExperimentStatus>("running", "draft", "stopped"),
  ),
  groups: rarely(fc.subarray([...legacyGroupNames])),
  // Without flags that remember a position: there the official SDK depends on earlier calls.
  url: rarely(fc.constantFrom(/cart/, /^\/$/, /EXAMPLE/i, /^https:/)),
};

// Parents are none of what overrides are for: in the official SDK what they find depends on which
// features were evaluated earlier in the same rule.
const { parentConditions: _, ...inlineFieldsToOverride } = inlineFields;

const includeFunctions: readonly (() => boolean)[] = [
  () => true,
  () => false,
  () => {
    throw new Error("include() failed on purpose");
  },
];

/** An inline experiment, with any field that there is. */
export const arbitraryExperiment: fc.Arbitrary<Experiment> = fc.tuple(
  fc.record({
    key: arbitraryExperimentKey,
    variations: arbitraryVariations(arbitraryFeatureValue),
  }, { noNullPrototype: true }),
  sparse<BucketingFields & InlineFields & Pick<Experiment, "include">>({
    ...bucketingFields,
    ...inlineFields,
    include: rarely(fc.constantFrom(...includeFunctions)),
  }),
).map(([required, optional]) => ({ ...required, ...optional }));

/** Changes to experiments by key, among them the URL as a string. */
export const arbitraryOverrides: fc.Arbitrary<
  { readonly [experimentKey: string]: ExperimentOverride }
> = fc.dictionary(
  arbitraryExperimentKey,
  sparse<BucketingFields & Omit<InlineFields, "parentConditions">>({
    ...bucketingFields,
    ...inlineFieldsToOverride,
    active: rarely(fc.boolean()),
    groups: sometimes(fc.subarray([...legacyGroupNames])),
    status: sometimes(
      fc.constantFrom<ExperimentStatus>("running", "draft", "stopped"),
    ),
    url: rarely(fc.constantFrom<RegExp | string>(/cart/, "cart", "[", "")),
  }),
  { maxKeys: 3, noNullPrototype: true },
);
