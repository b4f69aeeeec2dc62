import type { Condition } from "./condition.ts";
import type { JsonValue } from "./json.ts";

/** A half-open range of buckets, `[start, end)`, both between 0 and 1. */
export type BucketRange = readonly [start: number, end: number];

/** A namespace and the part of it that an experiment occupies: `[id, start, end]`. */
export type Namespace = readonly [id: string, start: number, end: number];

/** Restricts a rule to the users whose hash falls in one of the ranges. */
export interface Filter {
  /** The seed of the hash; filters with one seed and disjoint ranges exclude each other. */
  readonly seed: string;
  /** The buckets that pass. */
  readonly ranges: readonly BucketRange[];
  /** The attribute whose value is hashed; `"id"` when absent. */
  readonly attribute?: string;
  /** The version of the hash; 2 when absent. */
  readonly hashVersion?: number;
}

/** What is known of a variation besides its value. */
export interface VariationMeta {
  /** The key that is reported and stored; the index when absent. */
  readonly key?: string;
  /** The name for humans. */
  readonly name?: string;
  /** Marks a holdout's variation: its users go on to the next rule. */
  readonly passthrough?: boolean;
}

/** A feature that must have a certain value before a rule or an experiment applies. */
export interface ParentCondition {
  /** The key of the parent feature. */
  readonly id: string;
  /** What must hold for `{ value: <the parent's value> }`. */
  readonly condition: Condition;
  /** Whether a failure ends the whole feature instead of skipping the rule. */
  readonly gate?: boolean;
}

/** The leaf of a contextual bandit that decided, as it is reported with the experiment. */
export interface BanditLeaf {
  /** The number of the leaf; -1 when none matched. */
  readonly leafId: number;
  /** The weights in force. */
  readonly variationWeights: readonly number[];
  /** The version of the bandit. */
  readonly banditVersion?: number;
}

/** The life of an experiment: a draft runs nowhere, a stopped one only where it is forced. */
export type ExperimentStatus = "draft" | "running" | "stopped";

/** An experiment: variations, and what decides which user sees which. */
export interface Experiment<Value = JsonValue> {
  /** Identifies the experiment; the hash seed unless `seed` is given. */
  readonly key: string;
  /** The values to choose from; fewer than two never run. */
  readonly variations: readonly Value[];
  /** A weight for each variation, summing to 1; equal when absent or wrong. */
  readonly weights?: readonly number[];
  /** The share of users included, 0 to 1; 1 when absent. */
  readonly coverage?: number;
  /** A bucket range for each variation; beats `coverage` and `weights`. */
  readonly ranges?: readonly BucketRange[];
  /** The attribute that decides the bucket; `"id"` when absent. */
  readonly hashAttribute?: string;
  /** The attribute used where the hash attribute is empty and sticky bucketing is on. */
  readonly fallbackAttribute?: string;
  /** The version of the hash, 1 or 2; 1 when absent. */
  readonly hashVersion?: number;
  /** The seed of the hash; the key when absent. */
  readonly seed?: string;
  /** Turns sticky buckets off for this experiment. */
  readonly disableStickyBucketing?: boolean;
  /** The version of the assignments; 0 when absent. */
  readonly bucketVersion?: number;
  /** Users with an assignment of an older version are excluded. */
  readonly minBucketVersion?: number;
  /** The part of a namespace that this experiment occupies. */
  readonly namespace?: Namespace;
  /** Filters that a user must pass; where there are any, `namespace` is ignored. */
  readonly filters?: readonly Filter[];
  /** What is known of each variation besides its value. */
  readonly meta?: readonly VariationMeta[];
  /** The name for humans. */
  readonly name?: string;
  /** The phase of the experiment. */
  readonly phase?: string;
  /** The condition that users have to meet. */
  readonly condition?: Condition;
  /** Features that must have a certain value. */
  readonly parentConditions?: readonly ParentCondition[];
  /** The pages on which the experiment runs. */
  readonly urlPatterns?: readonly UrlTarget[];
  /** The leaf that decided, set by the evaluation of a contextual bandit. */
  readonly contextualBandit?: BanditLeaf;
  /** `false` excludes everyone. */
  readonly active?: boolean;
  /** The index of the variation that every included user gets. */
  readonly force?: number;
  /** Where the experiment is in its life. */
  readonly status?: ExperimentStatus;
  /** Legacy: names of groups, one of which must be truthy in the context's `groups`. */
  readonly groups?: readonly string[];
  /** Legacy: what the URL must match. */
  readonly url?: RegExp | string;
  /** Whether to include the user: false, or an exception, excludes. */
  readonly include?: () => boolean;
}

/** The parts of an experiment that `overrides` may replace. */
export type ExperimentOverride = Partial<
  Omit<Experiment, "key" | "variations" | "include">
>;

/** One rule about the pages on which an experiment runs. */
export interface UrlTarget {
  /** Whether matching pages are wanted (`true`) or ruled out (`false`). */
  readonly include: boolean;
  /** How the pattern is read: as a regular expression, or as a URL with `*` as wildcard. */
  readonly type: "regex" | "simple";
  /** What the URL of the page is compared with. */
  readonly pattern: string;
}
