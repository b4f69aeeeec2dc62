import { attempt } from "../support/attempt.ts";
import { findLink } from "../support/find_link.ts";
import { isObject } from "../support/read_own.ts";
import type { Call, Evaluation } from "../evaluation/evaluation.ts";
import type { FeatureReference } from "../evaluation/feature_reference.ts";
import { findKnown, type Memo, memoOf, remember } from "../evaluation/memo.ts";
import { startEvaluation } from "../evaluation/start_evaluation.ts";
import type { Context } from "../types/context.ts";
import type { FeatureResult } from "../types/result.ts";
import { type CompiledFeature, constantFeature } from "./compile_feature.ts";
import {
  findAsked,
  findFeature,
  findReferred,
  unknownFeature,
} from "./feature_store.ts";
import { cyclicPrerequisite, tryRules } from "./try_rules.ts";

/**
 * How many parents deep features may nest. A longer chain counts as a cycle: the feature has no
 * value.
 */
export const maxPrerequisiteDepth = 256;

/**
 * Evaluates a feature for a context, as the root of all that this asks for. Consequences go to
 * `record` where the caller asks for them.
 */
export function evaluateRoot(
  context: Context<object>,
  key: string,
  record: Call["record"],
): FeatureResult {
  const feature = attempt(() => findRoot(context, key), unknownFeature);
  return feature.first === null
    ? feature.byDefault
    : tryRules(feature, startEvaluation(context, callFor(record)));
}

/** Finds the feature that a caller asks for. Throws where the context does, or the key is no text. */
export function findRoot(
  context: Context<object>,
  key: string,
): CompiledFeature {
  return context.forcedFeatureValues === undefined
    ? findAsked(context.features, key)
    : lookUp(context, key);
}

/** Tells what a call asks for that is not explained. Most ask for a result alone. */
export function callFor(record: Call["record"]): Call {
  return record === null
    ? plainCall
    : { feature: evaluateFeature, record, trace: null };
}

/** The call that asks for a result alone. */
export const plainCall: Call = {
  feature: evaluateFeature,
  record: null,
  trace: null,
};

/**
 * Evaluates a feature as part of an evaluation, for the feature that asks for it; null where an
 * inline experiment asks, which is the parent of no feature, so it can't be part of a cycle.
 *
 * A result stays good for the rest of the root call, as long as no assignment is added and no cycle
 * was met on the way to it: all that a feature sees besides is the stack, to find cycles. Suppose a
 * feature with a known result were reached under a stack that holds one of the features it visited.
 * That one would have a known result too, and so would not have been entered again.
 */
export function evaluateFeature(
  evaluation: Evaluation,
  reference: FeatureReference,
  asking: string | null,
): FeatureResult {
  const { id: key } = reference;
  const memo = memoOf(evaluation);
  const known = findKnown(memo, key);
  if (known !== null) return known;
  const { frame: outer, changes } = memo;
  const depth = outer === null ? 1 : outer.depth + 1;
  const { context } = evaluation;
  const feature = context.forcedFeatureValues === undefined
    ? findReferred(context.features, reference)
    : lookUp(context, key);
  // Overrides may add parents to the experiments of any.
  const mayAsk = feature.asks || context.overrides !== undefined;
  let result: FeatureResult;
  if (mayAsk || depth > maxPrerequisiteDepth) {
    if (asking !== null) memo.frame = { key: asking, depth, outer };
    try {
      result = tryAsking(feature, key, memo, evaluation);
    } finally {
      memo.frame = outer;
    }
  } else result = tryRules(feature, evaluation);
  if (memo.changes === changes) remember(memo, key, result);
  return result;
}

// What waits for a parent already is a cycle, and what is too deep counts as one.
function tryAsking(
  feature: CompiledFeature,
  key: string,
  memo: Memo,
  evaluation: Evaluation,
): FeatureResult {
  const { frame } = memo;
  const isOnStack = frame !== null &&
    (frame.depth > maxPrerequisiteDepth || findLink(frame, key) !== null);
  if (!isOnStack) return tryRules(feature, evaluation);
  memo.changes++;
  return cyclicPrerequisite;
}

// A value that the context forces is that of a feature without rules, and so is none.
function lookUp(
  { forcedFeatureValues, features }: Context<object>,
  key: string,
): CompiledFeature {
  return isObject(forcedFeatureValues) &&
      Object.hasOwn(forcedFeatureValues, key)
    ? constantFeature(key, forcedFeatureValues[key]!, "override")
    : findFeature(features, key);
}
