import type { Call, Evaluation } from "../evaluation/evaluation.ts";
import type { Failure } from "../evaluation/trace.ts";
import type { CompiledExperiment } from "../experiment/compile_experiment.ts";
import { check } from "../experiment/pass_gates.ts";
import { runCompiled } from "../experiment/run_compiled.ts";
import { unkept } from "../experiment/unkept.ts";
import { includes } from "../gates/bucketing/rollout.ts";
import { isRolledOut, type Verdict } from "../gates/step.ts";
import { fault } from "../support/fault.ts";
import type { Attributes } from "../types/attributes.ts";
import type { Context } from "../types/context.ts";
import type { FeatureResult } from "../types/result.ts";
import type { CompiledFeature } from "./compile_feature.ts";
import type { CompiledRule } from "./compile_rule.ts";
import { applyBandit } from "./contextual_bandit.ts";
import {
  makeExperimentFeatureResult,
  makeFeatureResult,
} from "./feature_result.ts";

/** The result of a feature that asks for itself, one way or another. */
export const cyclicPrerequisite: FeatureResult =
  /* @__PURE__ */ makeFeatureResult(
    null,
    "cyclicPrerequisite",
    "",
  );
const closedGate = /* @__PURE__ */ makeFeatureResult(null, "prerequisite", "");
const malformedTracks = /* @__PURE__ */ fault(
  "badTracks",
);

/** Tries the rules of a feature in order: the result of the first that applies, or the default. */
export function tryRules(
  feature: CompiledFeature,
  evaluation: Evaluation,
): FeatureResult {
  const { context, attributes, call } = evaluation;
  return tryRulesFor(feature, context, attributes, call, evaluation);
}

/**
 * The same for a user whose evaluation may not have begun: then it begins where something has to be carried
 * along, which a rollout and a forced value have not. To make it takes a good part of a call.
 */
export function tryRulesFor(
  feature: CompiledFeature,
  context: Context<object>,
  attributes: Attributes,
  call: Call,
  evaluation: Evaluation | null,
): FeatureResult {
  const { trace } = call;
  for (let rule = feature.first; rule !== null; rule = rule.next) {
    trace?.enterRule(rule);
    let result: FeatureResult | null = null;
    let failure: Failure | null = null;
    try {
      let verdict: Verdict = true;
      // No gate of a rule needs an option.
      for (
        let step = rule.usual;
        step !== null && verdict === true;
        step = step.next
      ) {
        if (
          step.code === isRolledOut && step.operand.fallbackAttribute === null
        ) {
          verdict = includes(
            step.operand,
            step.operand.hashAttribute,
            attributes,
          );
        } else {
          evaluation ??= { context, attributes, call, memo: null };
          verdict = check(step, evaluation, unkept);
        }
        // What is explained has begun.
        trace?.gate(step, verdict, null, rule.gates, evaluation!);
      }
      if (verdict === true) {
        const { forced, experiment } = rule;
        if (forced !== null) result = force(forced, rule, call);
        else if (experiment !== null) {
          evaluation ??= { context, attributes, call, memo: null };
          result = run(experiment, rule, evaluation);
        }
      } else if (verdict === "cyclicPrerequisite") result = cyclicPrerequisite;
      else if (verdict === "prerequisite") result = closedGate;
    } catch (error) {
      failure = { error };
    }
    trace?.leaveRule(result, failure);
    if (result !== null) return result;
  }
  return feature.byDefault;
}

function force(
  result: FeatureResult,
  { tracks }: CompiledRule,
  { record }: Call,
): FeatureResult {
  if (tracks === null) throw malformedTracks;
  if (record !== null) tracks.forEach(record);
  return result;
}

function run(
  compiled: CompiledExperiment,
  { id, bandit }: CompiledRule,
  evaluation: Evaluation,
): FeatureResult | null {
  const running = bandit === null
    ? compiled
    : applyBandit(compiled, bandit, evaluation);
  const result = runCompiled(running, evaluation);
  if (typeof result !== "object") return null;
  evaluation.call.trace?.experimentResult(result);
  if (!result.inExperiment || result.passthrough) return null;
  return makeExperimentFeatureResult(
    result.hashUsed ? running.reported : running.experiment,
    result,
    id,
  );
}
