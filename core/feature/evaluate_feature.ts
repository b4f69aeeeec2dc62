import { isObject } from "../support/read_own.ts";
import type {
  Evaluation,
  FeatureFrame,
  KnownResult,
} from "../evaluation/evaluation.ts";
import {
  readContext,
  startEvaluation,
} from "../evaluation/start_evaluation.ts";
import type { Context } from "../types/context.ts";
import type { DecisionEvent } from "../types/decision_event.ts";
import type { FeatureResult } from "../types/result.ts";
import type { CompiledFeature } from "./compile_feature.ts";
import { makeFeatureResult } from "./feature_result.ts";
import { findFeature } from "./feature_store.ts";
import { cyclicPrerequisite, tryRules } from "./try_rules.ts";

/**
 * How many parents deep features may nest. A longer chain counts as a cycle: the feature has no
 * value.
 */
export const maxPrerequisiteDepth = 256;

const unknownFeature = /* @__PURE__ */ makeFeatureResult(
  null,
  "unknownFeature",
  "",
);

/**
 * Evaluates a feature for a context, as the root of all that this asks for. Consequences are added
 * to `events` where there is such a list.
 */
export function evaluateRoot(
  context: Context<object>,
  key: string,
  events: DecisionEvent[] | null,
): FeatureResult {
  const given = readContext(context);
  const found = lookUp(given, key);
  if (!("rules" in found)) return found;
  const evaluation = startEvaluation(given, evaluateFeature, events, null);
  return tryFeature(found, evaluation);
}

/** Evaluates a feature as part of an evaluation. */
export function evaluateFeature(
  evaluation: Evaluation,
  key: string,
): FeatureResult {
  return recall(evaluation, key) ?? evaluateAnew(evaluation, key);
}

/**
 * Gives the result of a feature that was evaluated in this evaluation already; null where that
 * may be another by now.
 *
 * A result stays good for the rest of the root call, as long as no assignment was added since and
 * no cycle was met on the way to it: all that a feature sees besides is the stack, to find
 * cycles. Suppose a feature with a known result were reached under a stack that holds one of the
 * features it visited. That one would have a known result too, and so would not have been
 * entered again.
 */
export function recall(
  evaluation: Evaluation,
  key: string,
): FeatureResult | null {
  const known = findKnown(evaluation, key);
  return known?.assigned === evaluation.assigned ? known.result : null;
}

function findKnown(
  { known, knownOthers }: Evaluation,
  key: string,
): KnownResult | null | undefined {
  return known?.key === key ? known : knownOthers?.get(key);
}

// A map costs as much as a parent or two, and is not needed for one.
function remember(evaluation: Evaluation, known: KnownResult): void {
  const { key } = known;
  if (evaluation.known === null || evaluation.known.key === key) {
    evaluation.known = known;
    return;
  }
  evaluation.knownOthers ??= new Map();
  evaluation.knownOthers.set(key, known);
}

function evaluateAnew(evaluation: Evaluation, key: string): FeatureResult {
  const outer = evaluation.frame;
  if (outer !== null && isBeyondReach(outer, key)) {
    evaluation.cycles++;
    return cyclicPrerequisite;
  }
  const found = lookUp(evaluation.context, key);
  return "rules" in found ? tryFeature(found, evaluation) : found;
}

// A value that is forced, and a feature without rules, are the same for every user.
function lookUp(
  { forcedFeatureValues, features }: Context<object>,
  key: string,
): CompiledFeature | FeatureResult {
  if (
    isObject(forcedFeatureValues) && Object.hasOwn(forcedFeatureValues, key)
  ) {
    return makeFeatureResult(forcedFeatureValues[key]!, "override", "");
  }
  const feature = findFeature(features, key);
  if (feature === null) return unknownFeature;
  return feature.rules.length === 0 ? feature.byDefault : feature;
}

function tryFeature(
  feature: CompiledFeature,
  evaluation: Evaluation,
): FeatureResult {
  const { key, hasParents } = feature;
  const { frame: outer, cycles, assigned } = evaluation;
  if (hasParents || evaluation.context.overrides !== undefined) {
    const depth = outer === null ? 1 : outer.depth + 1;
    evaluation.frame = { key, depth, outer };
  }
  const result = tryRules(feature, evaluation);
  evaluation.frame = outer;
  if (outer !== null && evaluation.cycles === cycles) {
    remember(evaluation, { key, result, assigned });
  }
  return result;
}

// What is on the stack is a cycle, and what is too deep counts as one.
function isBeyondReach(stack: FeatureFrame, key: string): boolean {
  if (stack.depth > maxPrerequisiteDepth) return true;
  for (
    let frame: FeatureFrame | null = stack;
    frame !== null;
    frame = frame.outer
  ) {
    if (frame.key === key) return true;
  }
  return false;
}
