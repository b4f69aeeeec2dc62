import { startScope } from "../condition/condition_scope.ts";
import type { Call, Evaluation } from "../evaluation/evaluation.ts";
import { identify, readHashValue } from "../evaluation/identify.ts";
import { findKnown, memoOf } from "../evaluation/memo.ts";
import type { Failure, Progress, Trace } from "../evaluation/trace.ts";
import { evaluateFeature } from "../feature/evaluate_feature.ts";
import { isRolledOut, type Step } from "../gates/step.ts";
import { attempt } from "../support/attempt.ts";
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
import { describeGate, nameOf } from "./describe_gate.ts";
import { tellFailure } from "./explain_condition.ts";

/** A trace, and what it has seen once the evaluation is over. */
export interface Recording {
  /** Watches the evaluation of rules. */
  readonly trace: Trace;
  /** Evaluates a feature, watched. */
  readonly feature: Call["feature"];
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
  const scope = startScope(savedGroups);
  const open: OpenFeature[] = [];
  let root: FeatureExplanation | null = null;
  const current = () => open[open.length - 1]!;
  const feature: Call["feature"] = (evaluation, reference, asking) => {
    const { id: key } = reference;
    open.push({ key, rules: [], rule: openRule("", null), parent: null });
    const repeated = findKnown(memoOf(evaluation), key) !== null;
    const result = evaluateFeature(evaluation, reference, asking);
    const { rules } = open.pop()!;
    const explanation = { key, result, rules, repeated };
    if (open.length === 0) root = explanation;
    else current().parent = explanation;
    return result;
  };
  const trace: Trace = {
    enterRule: ({ id, experiment }) => {
      const experimentKey = experiment?.experiment.key ?? null;
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
    gate: (step, verdict, progress, gates, evaluation) => {
      const { rule } = current();
      const { definition, origin } = gates;
      const told = describeGate(nameOf(step, gates), {
        definition: definition as never,
        origin: origin as never,
        verdict,
        progress: progress ?? progressOf(step, evaluation),
        evaluation,
        tellFailure: (condition, record) =>
          tellFailure(condition, record, scope),
      });
      const { prerequisites } = rule;
      rule.gates.push(
        prerequisites.length === 0 ? told : { ...told, prerequisites },
      );
      rule.prerequisites = [];
    },
    experimentResult: (result) => {
      current().rule.result = result;
    },
    leaveRule: (result, failure) => {
      const { rules, rule } = current();
      rules.push(describeRule(rules.length, rule, result, failure));
    },
  };
  return { trace, feature, explanation: () => root! };
}

// Of the gates of a rule, a rollout alone goes by a hash. One that is closed has not read it, and what
// can't be read must not change what is decided.
function progressOf(step: Step, evaluation: Evaluation): Progress {
  const progress = { variation: -1, isSticky: false, isBlocked: false };
  const unread = { hashAttribute: "", hashValue: "", ...progress };
  if (step.code !== isRolledOut) return unread;
  return attempt(() => {
    const hashAttribute = identify(step.operand, evaluation);
    const hashValue = readHashValue(evaluation.attributes, hashAttribute);
    return { hashAttribute, hashValue, ...progress };
  }, unread);
}

function openRule(ruleId: string, experimentKey: string | null): OpenRule {
  return { ruleId, experimentKey, gates: [], prerequisites: [], result: null };
}

function describeRule(
  index: number,
  rule: OpenRule,
  outcome: FeatureResult | null,
  failure: Failure | null,
): RuleExplanation {
  const { ruleId, experimentKey, gates, prerequisites, result } = rule;
  return {
    index,
    ruleId,
    experimentKey,
    ...describeOutcome(rule, outcome, failure),
    // A gate that threw never came to a verdict; what it had found out is kept.
    gates: prerequisites.length === 0 ? gates : [...gates, {
      gate: "prerequisites",
      outcome: "stopped",
      reason: "malformed",
      prerequisites,
    }],
    ...(result === null ? {} : { result }),
    ...(failure === null ? {} : { message: describeError(failure.error) }),
  };
}

function describeOutcome(
  rule: OpenRule,
  outcome: FeatureResult | null,
  failure: Failure | null,
): Pick<RuleExplanation, "outcome" | "reason"> {
  if (outcome === null) {
    const reason = failure === null ? skipReasonOf(rule) : "malformed";
    return { outcome: "skipped", reason };
  }
  switch (outcome.source) {
    case "prerequisite":
      return { outcome: "ended", reason: "prerequisiteGate" };
    case "cyclicPrerequisite":
      return { outcome: "ended", reason: "cyclicPrerequisite" };
  }
  return { outcome: "applied", reason: null };
}

// The last gate stopped the user; or there was no experiment to run, or none whose result counts.
function skipReasonOf({ gates, result }: OpenRule): SkipReason {
  const reason = gates.at(-1)?.reason;
  if (reason !== undefined) return reason;
  if (result === null) return "noVariations";
  return result.inExperiment ? "passthrough" : "variationOutOfRange";
}
