import type { FeatureRule } from "../types/feature.ts";
import { rollout } from "./bucketing/rollout.ts";
import type { Gate, RuleOrigin } from "./gate.ts";
import { isForced, rule } from "./state/rule.ts";
import { condition } from "./targeting/condition.ts";
import { filters } from "./targeting/filters.ts";
import { prerequisites } from "./targeting/prerequisites.ts";

// A rule that runs an experiment leaves the condition to that.
const forcedCondition: Gate<FeatureRule, unknown> = {
  make: (rule, origin) => isForced(rule) ? condition.make(rule, origin) : null,
};

/**
 * The gates that a rule may have, in the order in which they are tried. A record, so that none is
 * forgotten.
 */
export const ruleGates: {
  readonly [Name in RuleGateName]: Gate<FeatureRule, RuleOrigin>;
} = {
  rule,
  prerequisites,
  filters,
  condition: forcedCondition,
  rollout,
};

/** The names of the gates of a rule. */
export type RuleGateName =
  | OwnRuleGateName
  | "prerequisites"
  | "filters"
  | "condition";

/** The names of the gates that a rule has and an experiment has not. */
export type OwnRuleGateName = "rule" | "rollout";
