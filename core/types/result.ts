import type { Experiment } from "./experiment.ts";
import type { JsonValue } from "./json.ts";

/** Where a feature's value may come from. */
export const featureSources = [
  "unknownFeature",
  "defaultValue",
  "force",
  "override",
  "experiment",
  "prerequisite",
  "cyclicPrerequisite",
] as const;

/** Where a feature's value came from. */
export type FeatureSource = typeof featureSources[number];

/** What came of running an experiment for a user. */
export interface ExperimentResult<Value = JsonValue> {
  /** The key of the variation: its meta key, or the index as a string. */
  readonly key: string;
  /** The feature the experiment belongs to; null for an inline experiment. */
  readonly featureId: string | null;
  /** Whether the user takes part. */
  readonly inExperiment: boolean;
  /** Whether the variation was decided by hashing. */
  readonly hashUsed: boolean;
  /** The index of the variation. */
  readonly variationId: number;
  /** The value of the variation. */
  readonly value: Value;
  /** The attribute that decided the bucket. */
  readonly hashAttribute: string;
  /** Its value, as it was; `""` when there was none. */
  readonly hashValue: unknown;
  /** Whether a sticky bucket decided. */
  readonly stickyBucketUsed: boolean;
  /** The variation's name, where it has one. */
  readonly name?: string;
  /** Where the hash fell, 0 to 1, when the variation was decided by hashing. */
  readonly bucket?: number;
  /** Whether the variation is a holdout's that lets its users go on. */
  readonly passthrough?: boolean;
  /** The contextual bandit's leaf; -1 when none matched. */
  readonly leafId?: number;
  /** The weights that the contextual bandit put in force. */
  readonly variationWeights?: readonly number[];
  /** The version of the contextual bandit. */
  readonly banditVersion?: number;
}

/** The value of a feature for a user, and where it came from. */
export interface FeatureResult<Value = JsonValue> {
  /** The value; null when the feature is unknown or has none. */
  readonly value: Value | null;
  /** Whether the value is truthy. */
  readonly on: boolean;
  /** Whether the value is falsy. */
  readonly off: boolean;
  /** Where the value came from. */
  readonly source: FeatureSource;
  /** The id of the rule that decided; `""` when none did, or when it has none. */
  readonly ruleId: string;
  /** The experiment, when `source` is `"experiment"`. */
  readonly experiment?: Experiment<Value>;
  /** Its outcome, when `source` is `"experiment"`. */
  readonly experimentResult?: ExperimentResult<Value>;
}
