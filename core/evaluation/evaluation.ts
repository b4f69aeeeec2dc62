import type { ConditionScope } from "../condition/condition_scope.ts";
import type { Attributes } from "../types/attributes.ts";
import type { Context } from "../types/context.ts";
import type { DecisionEvent } from "../types/decision_event.ts";
import type { FeatureResult } from "../types/result.ts";
import type { StickyAssignmentDocuments } from "../types/sticky_bucket.ts";
import type { ParentMemo } from "./parent_memo.ts";
import type { Trace } from "./trace.ts";

/** What one root call carries along. It lives as long as the call and is never seen. */
export interface Evaluation extends ConditionScope {
  /** What was given. */
  readonly context: Context<object>;
  /** The user's attributes, overrides applied. */
  readonly attributes: Attributes;
  /** Evaluates a feature inside this evaluation: how a gate asks for a parent. */
  readonly feature: (evaluation: Evaluation, key: string) => FeatureResult;
  /** Where consequences go; null when nobody asked for them. */
  readonly record: ((event: DecisionEvent) => void) | null;
  /** The explanation that watches; null without one. */
  readonly trace: Trace | null;
  /** What is known of parent features; null until one is asked for. */
  parents: ParentMemo | null;
  /** The sticky buckets once assignments were added; null while they are the context's. */
  evolved: StickyAssignmentDocuments | null;
  /** How many assignments were added. */
  assigned: number;
}
