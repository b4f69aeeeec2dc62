import type { JsonValue } from "./json.ts";
import type { BucketRange } from "./experiment.ts";
import type { ExperimentResult, FeatureResult } from "./result.ts";
import type { SkipReason } from "./skip_reason.ts";

/** The gates that a user may have to pass, in no particular order. */
export const gateNames = [
  "rule",
  "prerequisites",
  "filters",
  "condition",
  "rollout",
  "variations",
  "enabled",
  "urlPatterns",
  "queryString",
  "forcedVariation",
  "status",
  "hashValue",
  "stickyBucket",
  "namespace",
  "include",
  "groups",
  "url",
  "bucket",
  "stickyVersion",
  "coverage",
  "force",
  "qaMode",
] as const;

/** What a gate looks at. */
export type GateName = typeof gateNames[number];

/** Why a condition failed: the operator that said no, and what it saw. */
export interface ConditionFailure {
  /** The path to the attribute; `""` for an operator over the whole user. */
  readonly path: string;
  /** The operator that failed; `"equals"` for a plain value. */
  readonly operator: string;
  /** What was expected, as it stands in the condition. */
  readonly expected: unknown;
  /** What was found at the path; null when nothing was there. */
  readonly actual: unknown;
  /** For `$or`: why each of the alternatives failed. For `$savedGroup`: why its condition did. */
  readonly causes?: readonly ConditionFailure[];
}

/** How a hash came about, and what it was held against. */
export interface HashDetail {
  /** The attribute that was hashed. */
  readonly attribute: string;
  /** Its value. */
  readonly value: unknown;
  /** The seed. */
  readonly seed: string;
  /** The version of the hash. */
  readonly version: number;
  /** Where the hash fell, 0 to 1; null when it could not be computed. */
  readonly bucket: number | null;
  /** The ranges that include: one for each variation, or those of a filter or rollout. */
  readonly ranges: readonly BucketRange[];
  /** For a rollout without a range: the largest bucket that is included. */
  readonly coverage?: number;
}

/** What came of a parent feature. */
export interface PrerequisiteExplanation {
  /** The key of the parent. */
  readonly id: string;
  /** Whether a failure ends the whole feature. */
  readonly gate: boolean;
  /** Whether the parent's value is as required. */
  readonly passed: boolean;
  /** Why its value is not as required. */
  readonly failure?: ConditionFailure;
  /** How the parent came to its value. */
  readonly feature: FeatureExplanation;
}

/** What a gate has to tell besides its verdict. */
export interface GateDetail {
  /** Why a condition failed. */
  readonly failure?: ConditionFailure;
  /** The hashes that were computed. */
  readonly hashes?: readonly HashDetail[];
  /** The index of the variation that was settled on. */
  readonly variation?: number;
  /** What was expected of the context. */
  readonly expected?: unknown;
  /** What was found there. */
  readonly actual?: unknown;
}

/** What a gate said. */
export interface GateExplanation extends GateDetail {
  /** What the gate looks at. */
  readonly gate: GateName;
  /** Whether it let the user through, stopped them, or settled the variation. */
  readonly outcome: "passed" | "stopped" | "decided";
  /** Why it stopped. */
  readonly reason?: SkipReason;
  /** The parents it evaluated. */
  readonly prerequisites?: readonly PrerequisiteExplanation[];
}

/** What came of trying a rule. */
export interface RuleExplanation {
  /** The position of the rule in the feature, from 0. */
  readonly index: number;
  /** The rule's id; `""` when it has none. */
  readonly ruleId: string;
  /** The key of the experiment that the rule runs; null for a rule that forces a value. */
  readonly experimentKey: string | null;
  /** Whether the rule gave its value, was skipped, or ended the feature without a value. */
  readonly outcome: "applied" | "skipped" | "ended";
  /** Why the rule did not give its value; null when it did. */
  readonly reason: SkipReason | null;
  /** The gates that were checked, in order; the last is the one that decided. */
  readonly gates: readonly GateExplanation[];
  /** What came of the experiment, for a user who is part of it. */
  readonly result?: ExperimentResult;
  /** What is wrong with the rule, when the reason is `"malformed"`. */
  readonly message?: string;
}

/** Why a feature has its value: plain data, drawn from the evaluation itself. */
export interface FeatureExplanation<Value = JsonValue> {
  /** The key of the feature. */
  readonly key: string;
  /** The same result that `evalFeature` gives. */
  readonly result: FeatureResult<Value>;
  /** The rules that were tried, in order. */
  readonly rules: readonly RuleExplanation[];
  /** Whether this feature was evaluated, and explained, earlier in the same explanation. */
  readonly repeated: boolean;
}
