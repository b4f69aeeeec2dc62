import type { UserAttributes } from "./attributes.ts";
import type { AutoExperiment } from "./auto_experiment.ts";
import type { ContextualBandits } from "./contextual_bandit.ts";
import type { ExperimentOverride } from "./experiment.ts";
import type { FeatureDefinitions, TypedDefinitions } from "./feature.ts";
import type { JsonValue } from "./json.ts";
import type { SavedGroups } from "./saved_group.ts";
import type { StickyAssignmentDocuments } from "./sticky_bucket.ts";

/** The features of an application that did not say which ones it has: any key, any JSON value. */
export interface AnyFeatures {
  /** The type of a feature's value. */
  readonly [key: string]: JsonValue;
}

/**
 * Everything that an evaluation depends on, as one plain object. It is never changed. Give the
 * types of your features, `Context<AppFeatures>`, and keys, values and fallbacks are checked.
 */
export interface Context<Features extends object = AnyFeatures> {
  /**
   * Never present: it carries the types of the features to the functions that take a context, without
   * making a literal context list each key that it may be asked for.
   */
  readonly "~features"?: Features;
  /** What is known of the user. */
  readonly attributes?: UserAttributes;
  /** Attributes that replace the user's, for quality assurance. */
  readonly attributeOverrides?: UserAttributes;
  /** Feature definitions by key. Treated as immutable: it is compiled once. */
  readonly features?:
    & FeatureDefinitions
    & NoInfer<TypedDefinitions<Features>>;
  /** Saved groups by id. Treated as immutable. */
  readonly savedGroups?: SavedGroups;
  /** Contextual bandits by reference. Treated as immutable. */
  readonly contextualBandits?: ContextualBandits;
  /** Auto experiments, in order. Treated as immutable. */
  readonly experiments?: readonly AutoExperiment[];
  /** The URL of the page or request. Undefined and empty are the same as none. */
  readonly url?: string | undefined;
  /** `false` turns all experiments off. */
  readonly enabled?: boolean;
  /** Whether experiments run only where a variation is forced. */
  readonly qaMode?: boolean;
  /** Variation indices by experiment key. */
  readonly forcedVariations?: { readonly [experimentKey: string]: number };
  /** Values by feature key. */
  readonly forcedFeatureValues?:
    & { readonly [featureKey: string]: JsonValue }
    & NoInfer<{ readonly [Key in keyof Features & string]?: Features[Key] }>;
  /** The user's sticky buckets. Absent turns sticky bucketing off; `{}` turns it on. */
  readonly stickyBucketAssignmentDocs?: StickyAssignmentDocuments;
  /** The keys of manual auto experiments that are to run. */
  readonly triggeredExperiments?: readonly string[];
  /** The change ids of auto experiments that are not to run. */
  readonly blockedChangeIds?: readonly string[];
  /** Legacy: groups that the user is in. */
  readonly groups?: { readonly [name: string]: boolean };
  /** Legacy: parts of experiments to replace, by experiment key. */
  readonly overrides?: { readonly [experimentKey: string]: ExperimentOverride };
  /** Whether visual auto experiments are blocked. */
  readonly disableVisualExperiments?: boolean;
  /** Whether auto experiments with a script are blocked. */
  readonly disableJsInjection?: boolean;
  /** Whether redirects are blocked. */
  readonly disableUrlRedirectExperiments?: boolean;
  /** Whether redirects to another origin are blocked. */
  readonly disableCrossOriginUrlRedirectExperiments?: boolean;
}

/** The type that a literal belongs to: `boolean` for `false`, `string` for `"a"`. */
export type Widen<Value> = Value extends boolean ? boolean
  : Value extends number ? number
  : Value extends string ? string
  : Value;

/**
 * What a fallback for a feature may be: a value of the feature's type, or `undefined`. Where the
 * application did not say which features it has, anything.
 */
export type FallbackOf<Features extends object, Key extends keyof Features> =
  string extends keyof Features ? unknown : Features[Key] | undefined;

/**
 * What comes back for a feature: the feature's type, and `undefined` where that is the fallback.
 * Where the application did not say which features it has, what the fallback is, or any JSON value
 * where that is `null` or `undefined`.
 */
export type ValueOf<
  Features extends object,
  Key extends keyof Features,
  Fallback,
> = string extends keyof Features
  ? [Fallback] extends [null | undefined] ? JsonValue | Fallback
  : Widen<Fallback>
  : undefined extends Fallback ? Features[Key] | undefined
  : Features[Key];
