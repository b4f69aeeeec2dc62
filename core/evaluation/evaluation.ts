import type { ConditionScope } from "../condition/condition_scope.ts";
import type { Attributes } from "../types/attributes.ts";
import type { Context } from "../types/context.ts";
import type { DecisionEvent } from "../types/decision_event.ts";
import type { FeatureResult } from "../types/result.ts";
import type { FeatureReference } from "./feature_reference.ts";
import type { Memo } from "./memo.ts";
import type { Trace } from "./trace.ts";

/**
 * What one root call carries along. It lives as long as the call and is never seen. The fewer fields it
 * has the better: making it takes a good part of a call.
 */
export interface Evaluation extends ConditionScope {
  /** What was given. */
  readonly context: Context<object>;
  /** The user's attributes, overrides applied. */
  readonly attributes: Attributes;
  /** What is asked for besides a result. */
  readonly call: Call;
  /** What was found out on the way, and later gates go by; null until there is anything. */
  memo: Memo | null;
}

/** What a root call asks for besides a result. */
export interface Call {
  /** Evaluates a feature inside this evaluation, for the one that asks: how a gate gets a parent. */
  readonly feature: (
    evaluation: Evaluation,
    reference: FeatureReference,
    asking: string | null,
  ) => FeatureResult;
  /** Where consequences go; null when they are not asked for. */
  readonly record: ((event: DecisionEvent) => void) | null;
  /** The explanation that watches; null without one. */
  readonly trace: Trace | null;
}
