import type { ConditionScope } from "../condition/condition_scope.ts";
import type { Instructions } from "../condition/instruction.ts";
import type { Attributes } from "../types/attributes.ts";
import type { Context } from "../types/context.ts";
import type { DecisionEvent } from "../types/decision_event.ts";
import type { GateName } from "../types/explanation.ts";
import type { ExperimentResult, FeatureResult } from "../types/result.ts";
import type { SkipReason } from "../types/skip_reason.ts";
import type { StickyAssignmentDocuments } from "../types/sticky_bucket.ts";

/** A feature that waits for a parent, and the one that asked for it in turn. */
export interface FeatureFrame {
  /** The key of the feature. */
  readonly key: string;
  /** How many ask, one through the other. */
  readonly depth: number;
  /** Who asked for the feature. */
  readonly outer: FeatureFrame | null;
}

/** A feature's result, good for as long as no assignment is added. */
export interface KnownResult {
  /** The key of the feature. */
  readonly key: string;
  /** The result. */
  readonly result: FeatureResult;
  /** How many assignments had been added when its evaluation began. */
  readonly assigned: number;
}

/** What one root call carries through every gate. It lives as long as the call and is never seen. */
export interface Evaluation extends ConditionScope {
  /** What was given. */
  readonly context: Context<object>;
  /** The user's attributes, overrides applied. */
  readonly attributes: Attributes;
  /** Evaluates a feature inside this evaluation: how a gate asks for a parent. */
  readonly feature: (evaluation: Evaluation, key: string) => FeatureResult;
  /** Where consequences go; null when nobody asked for them. */
  readonly record: ((event: DecisionEvent) => void) | null;
  /** Who watches; null when nobody does. */
  readonly trace: Trace | null;
  /**
   * Whether the context sets none of the options that some gates wait for: a URL, forced variations,
   * QA mode, sticky buckets, `enabled: false`. Those gates are not asked then, unless somebody
   * watches.
   */
  readonly isPlain: boolean;
  /** The features that wait for a parent, innermost first. */
  frame: FeatureFrame | null;
  /** What is known of the parent that was evaluated first: most features have one at most. */
  known: KnownResult | null;
  /** What is known of the others; null where there are none. */
  knownOthers: Map<string, KnownResult> | null;
  /** How often a feature was found on its own stack. */
  cycles: number;
  /** The sticky buckets, with the assignments made so far; null when sticky bucketing is off. */
  documents: StickyAssignmentDocuments | null;
  /** How many assignments were added. */
  assigned: number;
  /** The attribute that decides the bucket of the experiment or rollout being tried. */
  hashAttribute: string;
  /** Its value; `""` when there is none. */
  hashValue: unknown;
  /** Where the hash fell. */
  bucket: number;
  /** The index of the variation; -1 when there is none yet. */
  variation: number;
  /** Whether the variation comes from a sticky bucket. */
  sticky: boolean;
  /** Whether an assignment of too old a version excludes the user. */
  blocked: boolean;
  /** What the gates of the last experiment said. */
  verdict: Verdict;
  /** What a malformed rule threw. */
  error: unknown;
}

/**
 * What a gate says: null lets the user through, `"decided"` settles the variation (without the
 * hash), anything else is why the user stops here.
 */
export type Verdict = null | "decided" | SkipReason;

/** Lets the user through, settles the variation, or stops. */
export type Check = (evaluation: Evaluation) => Verdict;

/** One thing that a user must pass to get the value of a rule or an experiment. */
export interface Gate {
  /** What the gate looks at. */
  readonly name: GateName;
  /** What it says. */
  readonly check: Check;
}

/** Gates ready to be passed. */
export interface GateList {
  /** The gates, in order. */
  readonly gates: readonly Gate[];
  /** The checks of those that a context without options can't pass over, for the shortest way. */
  readonly checks: readonly Check[];
  /** The rule or the experiment that they were made from, for an explanation to tell. */
  readonly definition: unknown;
  /** What else they were made from. */
  readonly origin: unknown;
}

/** A parent with its condition compiled. */
export interface Prerequisite {
  /** The key of the parent feature. */
  readonly id: string;
  /** Whether a failure ends the whole feature. */
  readonly gate: boolean;
  /** What must hold for the parent's value, as it was written. */
  readonly condition: unknown;
  /** The same, compiled. */
  readonly test: Instructions;
}

/** What a trace needs to know of a rule. */
export interface TracedRule {
  /** The rule's id; `""` when it has none. */
  readonly id: string;
  /** The experiment that it runs; null when it runs none. */
  readonly experiment: {
    readonly compiled: { readonly experiment: { readonly key: string } };
  } | null;
}

/** Watches an evaluation as it goes. What it is told is what decided. */
export interface Trace {
  /** A rule is about to be tried. */
  readonly enterRule: (rule: TracedRule) => void;
  /** A parent feature was evaluated. */
  readonly prerequisite: (
    parent: Prerequisite,
    passed: boolean,
    result: FeatureResult,
  ) => void;
  /** A gate was checked. */
  readonly gate: (
    name: GateName,
    verdict: Verdict,
    list: GateList,
    evaluation: Evaluation,
  ) => void;
  /** An experiment gave a result. */
  readonly experimentResult: (result: ExperimentResult) => void;
  /** A rule was tried: what it gave, or null with the verdict that stopped it in the evaluation. */
  readonly leaveRule: (
    result: FeatureResult | null,
    evaluation: Evaluation,
  ) => void;
}
