import type { Evaluation } from "../evaluation/evaluation.ts";
import type { CompiledExperiment } from "../experiment/compile_experiment.ts";
import { passRule } from "../experiment/pass_gates.ts";
import { runCompiled } from "../experiment/run_compiled.ts";
import { fault } from "../support/fault.ts";
import type { FeatureResult } from "../types/result.ts";
import type { SkipReason } from "../types/skip_reason.ts";
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
  const { trace } = evaluation;
  for (let rule = feature.first; rule !== null; rule = rule.next) {
    trace?.enterRule(rule);
    let outcome: FeatureResult | SkipReason;
    let error: unknown = null;
    try {
      outcome = applyRule(rule, evaluation);
    } catch (thrown) {
      outcome = "malformed";
      error = thrown;
    }
    trace?.leaveRule(outcome, error);
    if (typeof outcome !== "string") return outcome;
  }
  return feature.byDefault;
}

function applyRule(
  rule: CompiledRule,
  evaluation: Evaluation,
): FeatureResult | SkipReason {
  const reason = passRule(rule, evaluation);
  if (reason !== null) {
    if (reason === "cyclicPrerequisite") return cyclicPrerequisite;
    return reason === "prerequisiteGate" ? closedGate : reason;
  }
  const { forced, experiment } = rule;
  if (forced !== null) return force(forced, rule, evaluation);
  return experiment === null
    ? "noVariations"
    : run(experiment, rule, evaluation);
}

function force(
  result: FeatureResult,
  { tracks }: CompiledRule,
  { record }: Evaluation,
): FeatureResult {
  if (tracks === null) throw malformedTracks;
  if (record !== null) tracks.forEach(record);
  return result;
}

function run(
  compiled: CompiledExperiment,
  { id, bandit }: CompiledRule,
  evaluation: Evaluation,
): FeatureResult | SkipReason {
  const running = bandit === null
    ? compiled
    : applyBandit(compiled, bandit, evaluation);
  const result = runCompiled(running, evaluation);
  if (typeof result === "string") return result;
  evaluation.trace?.experimentResult(result);
  if (!result.inExperiment) return "variationOutOfRange";
  if (result.passthrough) return "passthrough";
  return makeExperimentFeatureResult(
    result.hashUsed ? running.reported : running.experiment,
    result,
    id,
  );
}
