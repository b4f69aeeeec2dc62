import type { Evaluation } from "../evaluation/evaluation.ts";
import { fault } from "../support/fault.ts";
import { passGates } from "../evaluation/pass_gates.ts";
import { runCompiled } from "../experiment/run_compiled.ts";
import type { FeatureResult } from "../types/result.ts";
import type { CompiledFeature } from "./compile_feature.ts";
import type {
  CompiledRule,
  ForcedValue,
  RuleExperiment,
} from "./compile_rule.ts";
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
  const { rules } = feature;
  for (let index = 0; index < rules.length; index++) {
    const rule = rules[index]!;
    evaluation.trace?.enterRule(rule);
    const result = tryRule(rule, evaluation);
    evaluation.trace?.leaveRule(result, evaluation);
    if (result !== null) return result;
  }
  return feature.byDefault;
}

/** Tries a rule: its result, or null where it does not apply, with the reason as the verdict. */
function tryRule(
  rule: CompiledRule,
  evaluation: Evaluation,
): FeatureResult | null {
  const { frame } = evaluation;
  try {
    return applyRule(rule, evaluation);
  } catch (error) {
    evaluation.frame = frame;
    evaluation.resolving = null;
    evaluation.verdict = "malformed";
    evaluation.error = error;
    return null;
  }
}

function applyRule(
  rule: CompiledRule,
  evaluation: Evaluation,
): FeatureResult | null {
  evaluation.sticky = false;
  const verdict = evaluation.verdict = passGates(rule.gates, evaluation);
  if (verdict === "cyclicPrerequisite") return cyclicPrerequisite;
  if (verdict === "prerequisiteGate") return closedGate;
  if (verdict !== null) return null;
  if (rule.forced !== null) return force(rule.forced, evaluation);
  if (rule.experiment !== null) {
    return run(rule.experiment, rule.id, evaluation);
  }
  evaluation.verdict = "noVariations";
  return null;
}

function force(
  { result, tracks }: ForcedValue,
  { record }: Evaluation,
): FeatureResult {
  if (tracks === null) throw malformedTracks;
  if (record !== null) tracks.forEach(record);
  return result;
}

function run(
  experiment: RuleExperiment,
  ruleId: string,
  evaluation: Evaluation,
): FeatureResult | null {
  const { compiled, banditReference, variants } = experiment;
  const running = banditReference === ""
    ? compiled
    : applyBandit(compiled, banditReference, variants, evaluation);
  const result = runCompiled(running, evaluation);
  if (result === null) return null;
  evaluation.trace?.experimentResult(result);
  if (!result.inExperiment) evaluation.verdict = "variationOutOfRange";
  else if (result.passthrough) evaluation.verdict = "passthrough";
  else {
    return makeExperimentFeatureResult(
      result.hashUsed ? running.reported : running.experiment,
      result,
      ruleId,
    );
  }
  return null;
}
