import { findLink } from "../support/find_link.ts";
import { isObject } from "../support/read_own.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import { type FeatureFrame, findKnown, remember } from "../evaluation/memo.ts";
import {
  readContext,
  startEvaluation,
} from "../evaluation/start_evaluation.ts";
import type { Context } from "../types/context.ts";
import type { FeatureResult } from "../types/result.ts";
import { type CompiledFeature, constantFeature } from "./compile_feature.ts";
import { findFeature } from "./feature_store.ts";
import { cyclicPrerequisite, tryRules } from "./try_rules.ts";

/**
 * How many parents deep features may nest. A longer chain counts as a cycle: the feature has no
 * value.
 */
export const maxPrerequisiteDepth = 256;

const unknownFeature = /* @__PURE__ */ constantFeature(
  "",
  null,
  "unknownFeature",
);

/**
 * Evaluates a feature for a context, as the root of all that this asks for. Consequences go to
 * `record` where the caller asks for them.
 */
export function evaluateRoot(
  context: Context<object>,
  key: string,
  record: Evaluation["record"],
): FeatureResult {
  const given = readContext(context);
  const feature = lookUp(given, key);
  // A feature without rules is the same for every user.
  return feature.first === null ? feature.byDefault : tryRules(
    feature,
    startEvaluation(given, evaluateFeature, record, null),
  );
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
  { memo }: Evaluation,
  key: string,
): FeatureResult | null {
  if (memo === null) return null;
  const known = findKnown(memo, key);
  return known?.assigned === memo.assigned ? known.result : null;
}

// What waits for a parent already is a cycle, and what is too deep counts as one.
function evaluateAnew(evaluation: Evaluation, key: string): FeatureResult {
  const { memo, context } = evaluation;
  if (memo !== null && isOnStack(memo.frame, key)) {
    memo.cycles++;
    return cyclicPrerequisite;
  }
  return tryFeature(key, lookUp(context, key), evaluation);
}

function isOnStack(frame: FeatureFrame | null, key: string): boolean {
  return frame !== null &&
    (frame.depth > maxPrerequisiteDepth || findLink(frame, key) !== null);
}

// A value that the context forces is that of a feature without rules, and so is none.
function lookUp(
  { forcedFeatureValues, features }: Context<object>,
  key: string,
): CompiledFeature {
  return isObject(forcedFeatureValues) &&
      Object.hasOwn(forcedFeatureValues, key)
    ? constantFeature(key, forcedFeatureValues[key]!, "override")
    : findFeature(features, key) ?? unknownFeature;
}

function tryFeature(
  key: string,
  feature: CompiledFeature,
  evaluation: Evaluation,
): FeatureResult {
  const { memo } = evaluation;
  if (memo === null || memo.frame === null) {
    return tryRules(feature, evaluation);
  }
  const { cycles, assigned } = memo;
  const result = tryRules(feature, evaluation);
  if (memo.cycles === cycles) {
    remember(memo, { key, result, assigned });
  }
  return result;
}
