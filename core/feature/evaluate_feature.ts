import { isObject } from "../condition/read_path.ts";
import type {
  Evaluation,
  FeatureFrame,
  Trace,
} from "../evaluation/evaluation.ts";
import { fault } from "../evaluation/fault.ts";
import { passGates } from "../evaluation/pass_gates.ts";
import { recordExposure } from "../experiment/record.ts";
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
import { findFeature } from "./feature_store.ts";

/**
 * How many parents deep features may nest. A longer chain counts as a cycle: the feature has no
 * value.
 */
export const maxPrerequisiteDepth = 256;

const unknownFeature = makeFeatureResult(null, "unknownFeature", "");
const cyclicPrerequisite = makeFeatureResult(null, "cyclicPrerequisite", "");
const closedGate = makeFeatureResult(null, "prerequisite", "");

const malformedTracks = fault("tracks is not a list of exposures");

/** Evaluates a feature as part of an evaluation, watched where somebody watches. */
export function evaluateFeature(
  evaluation: Evaluation,
  key: string,
): FeatureResult {
  const { trace } = evaluation;
  if (trace === null) {
    return recall(evaluation, key) ?? evaluateAnew(evaluation, key);
  }
  trace.enterFeature(key);
  const recalled = recall(evaluation, key);
  const result = recalled ?? evaluateAnew(evaluation, key);
  trace.leaveFeature(result, recalled !== null);
  return result;
}

// A result stays good for the rest of the root call, as long as no assignment was added since and
// no cycle was met on the way to it: all that a feature sees besides is the stack, to find
// cycles. Suppose a feature with a known result were reached under a stack that holds one of the
// features it visited. That one would have a known result too, and so would not have been
// entered again.
function recall(evaluation: Evaluation, key: string): FeatureResult | null {
  if (evaluation.known === null) return null;
  const known = evaluation.known.get(key);
  return known !== undefined && known.assigned === evaluation.assigned
    ? known.result
    : null;
}

function evaluateAnew(evaluation: Evaluation, key: string): FeatureResult {
  const outer = evaluation.frame;
  if (outer !== null && isBeyondReach(outer, key)) {
    evaluation.cycles++;
    return cyclicPrerequisite;
  }
  const { forcedFeatureValues, features, overrides } = evaluation.context;
  if (
    isObject(forcedFeatureValues) && Object.hasOwn(forcedFeatureValues, key)
  ) {
    return makeFeatureResult(forcedFeatureValues[key]!, "override", "");
  }
  const feature = findFeature(features, key);
  if (feature === null) return unknownFeature;
  const { cycles, assigned } = evaluation;
  if (feature.hasParents || overrides !== undefined) {
    evaluation.frame = {
      key,
      depth: outer === null ? 1 : outer.depth + 1,
      outer,
    };
  }
  const result = tryRules(feature, evaluation);
  evaluation.frame = outer;
  if (outer !== null && evaluation.cycles === cycles) {
    evaluation.known ??= new Map();
    evaluation.known.set(key, { result, assigned });
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

function tryRules(
  feature: CompiledFeature,
  evaluation: Evaluation,
): FeatureResult {
  const { rules } = feature;
  for (let index = 0; index < rules.length; index++) {
    const result = evaluation.trace === null
      ? tryRule(rules[index]!, evaluation)
      : tryWatched(rules[index]!, evaluation, evaluation.trace);
    if (result !== null) return result;
  }
  return feature.byDefault;
}

function tryWatched(
  rule: CompiledRule,
  evaluation: Evaluation,
  trace: Trace,
): FeatureResult | null {
  trace.enterRule(rule.id, rule.experiment?.compiled.experiment.key ?? null);
  const result = tryRule(rule, evaluation);
  trace.leaveRule(result, evaluation.verdict, evaluation.error);
  return result;
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
  { events }: Evaluation,
): FeatureResult {
  if (tracks === null) throw malformedTracks;
  if (events !== null) {
    for (const exposure of tracks) recordExposure(events, exposure);
  }
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
  if (evaluation.trace !== null) evaluation.trace.experimentResult(result);
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
