import type { Condition } from "./condition.ts";
import type {
  BucketRange,
  Experiment,
  Filter,
  Namespace,
  ParentCondition,
  VariationMeta,
} from "./experiment.ts";
import type { JsonValue } from "./json.ts";
import type { ExperimentResult } from "./result.ts";

/** An exposure that a remote evaluation hands over with its value. */
export interface TrackedExposure {
  /** The experiment that was run remotely. */
  readonly experiment: Experiment;
  /** What came out of it. */
  readonly result: ExperimentResult;
}

/**
 * One rule of a feature. A rule with `force` gives a value to the users that it includes; one with
 * `variations` runs an experiment. The first rule that applies decides.
 */
export interface FeatureRule<Value = JsonValue> {
  /** Identifies the rule; reported as `ruleId`. */
  readonly id?: string;
  /** The condition that users have to meet. */
  readonly condition?: Condition;
  /** Features that must have a certain value. */
  readonly parentConditions?: readonly ParentCondition[];
  /** Filters that a user must pass. */
  readonly filters?: readonly Filter[];
  /** The value that the rule gives. */
  readonly force?: Value;
  /** Exposures to report when the rule gives its value (remote evaluation). */
  readonly tracks?: readonly TrackedExposure[];
  /** The share of users included, 0 to 1. */
  readonly coverage?: number;
  /** The buckets of a rollout; beats `coverage`. */
  readonly range?: BucketRange;
  /** The values of an experiment. */
  readonly variations?: readonly Value[];
  /** The values of an experiment whose weights a contextual bandit decides. */
  readonly contextualVariations?: readonly Value[];
  /** The contextual bandit that decides the weights. */
  readonly contextualBanditRef?: string;
  /** The key of the experiment; the feature's key when absent. */
  readonly key?: string;
  /** A weight for each variation, summing to 1; equal when absent or wrong. */
  readonly weights?: readonly number[];
  /** A bucket range for each variation; beats `coverage` and `weights`. */
  readonly ranges?: readonly BucketRange[];
  /** What is known of each variation besides its value. */
  readonly meta?: readonly VariationMeta[];
  /** The part of a namespace that the experiment occupies. */
  readonly namespace?: Namespace;
  /** The attribute that decides the bucket; `"id"` when absent. */
  readonly hashAttribute?: string;
  /** The attribute used where the hash attribute is empty and sticky bucketing is on. */
  readonly fallbackAttribute?: string;
  /** The version of the hash, 1 or 2; 1 when absent. */
  readonly hashVersion?: number;
  /** The seed of the hash; the experiment's or the feature's key when absent. */
  readonly seed?: string;
  /** Turns sticky buckets off for this rule. */
  readonly disableStickyBucketing?: boolean;
  /** The version of the sticky assignments; 0 when absent. */
  readonly bucketVersion?: number;
  /** Users with a sticky assignment of an older version are excluded. */
  readonly minBucketVersion?: number;
  /** The name of the experiment for humans. */
  readonly name?: string;
  /** The phase of the experiment. */
  readonly phase?: string;
}

/** A feature: its value by default, and rules that may give it another one. */
export interface FeatureDefinition<Value = JsonValue> {
  /** The value where no rule applies; null when absent. */
  readonly defaultValue?: Value;
  /** The rules, in the order in which they are tried. */
  readonly rules?: readonly FeatureRule<Value>[];
}

/** Feature definitions by key. */
export interface FeatureDefinitions {
  /** The definition of a feature. */
  readonly [key: string]: FeatureDefinition;
}

/** Definitions of the features of an application, each with values of its feature's type. */
export type TypedDefinitions<Features extends object> = {
  readonly [Key in keyof Features & string]?: FeatureDefinition<Features[Key]>;
};
