import type { GateMaker } from "../evaluation/compile_gates.ts";
import { fault } from "../support/fault.ts";
import { isObject } from "../support/read_own.ts";
import type { FeatureRule } from "../types/feature.ts";
import { checkCondition } from "./check_condition.ts";
import { checkFilters } from "./check_filters.ts";
import { checkPrerequisites } from "./check_prerequisites.ts";
import { checkRollout } from "./check_rollout.ts";

/**
 * The gates that a rule may have, in the order in which they are tried. A rule that runs an
 * experiment leaves the condition and the bucket to that.
 */
export const ruleGates: readonly GateMaker<FeatureRule, string>[] = [
  ["rule", checkRule],
  ["prerequisites", (rule, key) => checkPrerequisites(rule, key, true)],
  ["filters", checkFilters],
  ["condition", (rule) => isForced(rule) ? checkCondition(rule) : null],
  [
    "rollout",
    (rule, featureKey) =>
      isForced(rule) ? checkRollout(rule, featureKey) : null,
  ],
];

function checkRule(rule: FeatureRule): null {
  if (!isObject(rule)) throw fault("badRule");
  return null;
}

/** Whether a rule forces a value, be it undefined. */
export function isForced(rule: FeatureRule): boolean {
  return Object.hasOwn(rule, "force");
}
