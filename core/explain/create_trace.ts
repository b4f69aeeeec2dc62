import type { ConditionScope } from "../condition/condition_scope.ts";
import type { Evaluation, Trace, Verdict } from "../evaluation/evaluation.ts";
import { evaluateFeature, recall } from "../feature/evaluate_feature.ts";
import type {
  FeatureExplanation,
  GateExplanation,
  PrerequisiteExplanation,
  RuleExplanation,
} from "../types/explanation.ts";
import type { ExperimentResult, FeatureResult } from "../types/result.ts";
import type { SavedGroups } from "../types/saved_group.ts";
import type { SkipReason } from "../types/skip_reason.ts";
import { describeError } from "./describe_error.ts";
import { describeGate } from "./describe_gate.ts";
import { tellFailure } from "./explain_condition.ts";

/** A trace, and what it has seen once the evaluation is over. */
export interface Recording {
  /** Watches the evaluation of rules. */
  readonly trace: Trace;
  /** Evaluates a feature, watched. */
  readonly feature: Evaluation["feature"];
  /** Gives the explanation of the feature that was asked for. */
  readonly explanation: () => FeatureExplanation;
}

/** A feature being explained. */
interface OpenFeature {
  readonly key: string;
  readonly rules: RuleExplanation[];
  rule: OpenRule;
  /** The parent that was explained last: the next prerequisite is about it. */
  parent: FeatureExplanation | null;
}

/** A rule being explained. */
interface OpenRule {
  readonly ruleId: string;
  readonly experimentKey: string | null;
  readonly gates: GateExplanation[];
  prerequisites: PrerequisiteExplanation[];
  result: ExperimentResult | null;
}

/**
 * Makes a trace that writes down what it is told as an explanation. To tell why a condition failed
 * it tests parts of it again, in a scope of its own: what that takes must not be missing where the
 * evaluation goes on.
 */
export function createTrace(savedGroups: SavedGroups | undefined): Recording {
  const scope: ConditionScope = { savedGroups, resolving: null, resolved: 0 };
  const open: OpenFeature[] = [];
  let root: FeatureExplanation | null = null;
  const current = () => open[open.length - 1]!;
  const feature: Evaluation["feature"] = (evaluation, key) => {
    open.push({ key, rules: [], rule: openRule("", null), parent: null });
    const repeated = recall(evaluation, key) !== null;
    const result = evaluateFeature(evaluation, key);
    const { rules } = open.pop()!;
    const explanation = { key, result, rules, repeated };
    if (open.length === 0) root = explanation;
    else current().parent = explanation;
    return result;
  };
  const trace: Trace = {
    enterRule: ({ id, experiment }) => {
      const experimentKey = experiment?.compiled.experiment.key ?? null;
      current().rule = openRule(id, experimentKey);
    },
    prerequisite: ({ id, gate, condition }, passed, result) => {
      const { rule, parent } = current();
      const told = { id, gate, passed, feature: parent! };
      const { value, source } = result;
      const failure = passed || source === "cyclicPrerequisite"
        ? undefined
        : tellFailure(condition, { value }, scope);
      rule.prerequisites.push(
        failure === undefined ? told : { ...told, failure },
      );
    },
    gate: (name, verdict, list, evaluation) => {
      const { rule } = current();
      const told = describeGate(name, verdict, list, evaluation, scope);
      const { prerequisites } = rule;
      rule.gates.push(
        prerequisites.length === 0 ? told : { ...told, prerequisites },
      );
      rule.prerequisites = [];
    },
    experimentResult: (result) => {
      current().rule.result = result;
    },
    leaveRule: (result, { verdict, error }) => {
      const { rules, rule } = current();
      rules.push(describeRule(rules.length, rule, result, verdict, error));
    },
  };
  return { trace, feature, explanation: () => root! };
}

function openRule(ruleId: string, experimentKey: string | null): OpenRule {
  return { ruleId, experimentKey, gates: [], prerequisites: [], result: null };
}

function describeRule(
  index: number,
  rule: OpenRule,
  result: FeatureResult | null,
  verdict: Verdict,
  error: unknown,
): RuleExplanation {
  const { ruleId, experimentKey, gates, prerequisites } = rule;
  const ended = result?.source === "prerequisite" ||
    result?.source === "cyclicPrerequisite";
  const applied = result !== null && !ended;
  const told: RuleExplanation = {
    index,
    ruleId,
    experimentKey,
    outcome: applied ? "applied" : ended ? "ended" : "skipped",
    reason: applied ? null : verdict as SkipReason,
    // A gate that threw never came to a verdict; what it had found out is kept.
    gates: prerequisites.length === 0 ? gates : [...gates, {
      gate: "prerequisites",
      outcome: "stopped",
      reason: "malformed",
      prerequisites,
    }],
  };
  return {
    ...told,
    ...(rule.result === null ? {} : { result: rule.result }),
    ...(verdict === "malformed" ? { message: describeError(error) } : {}),
  };
}
