import { holds } from "../condition/holds.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import { identify, readHashValue } from "../evaluation/identify.ts";
import type { Progress } from "../evaluation/trace.ts";
import { type Bucketing, searchVariation } from "../gates/bucketing/bucket.ts";
import { leavesOut } from "../gates/bucketing/rollout.ts";
import { allSteps } from "../gates/compile_gates.ts";
import {
  checks,
  findsBucket,
  type Gated,
  hasHashValue,
  hasVariation,
  isRolledOut,
  isUnblocked,
  meetsCondition,
  settles,
  type Step,
  type Verdict,
} from "../gates/step.ts";
import { bucketOf } from "../hash/compile_hash.ts";
import type { ExperimentResult } from "../types/result.ts";
import type { SkipReason } from "../types/skip_reason.ts";
import type { CompiledExperiment } from "./compile_experiment.ts";
import type { CompiledVariation } from "./compile_variation.ts";
import { settledResult, usualResult } from "./experiment_result.ts";
import { recordParticipation } from "./record.ts";

/**
 * Sends a user through the gates of a rule, in order. Returns why the user was stopped; null where
 * all gates let the user through. Throws where a definition is malformed.
 */
export function passRule(
  { usual, gates }: Gated,
  evaluation: Evaluation,
): SkipReason | null {
  // No gate of a rule needs an option.
  for (let step = usual; step !== null; step = step.next) {
    const reason = step.code === isRolledOut
      ? leavesOut(step.operand, evaluation)
      : check(step, evaluation, "");
    evaluation.trace?.gate(step, reason, null, gates, evaluation);
    if (reason !== null) return reason;
  }
  return null;
}

// The steps that a rule and an experiment may have.
function check(
  step: Step,
  evaluation: Evaluation,
  hashValue: unknown,
): SkipReason | null {
  if (step.code === meetsCondition) {
    return holds(step.operand, evaluation.attributes, evaluation)
      ? null
      : "condition";
  }
  return step.code === checks ? step.operand(evaluation, hashValue) : null;
}

/** How far a user has come on the way to a variation. */
interface Way extends Progress {
  /** What is reported of the variation, where the hash found it. */
  chosen: CompiledVariation | null;
  /** The bucket, from 0 to 1. */
  bucket: number;
  /** Whether the variation comes from a sticky bucket. */
  isSticky: boolean;
}

/**
 * Sends a user through the gates of an experiment, in order. Returns the result of a user who got as
 * far as a variation, which is recorded where the hash decided, or why the user was stopped. Throws
 * where a definition is malformed.
 */
export function passExperiment(
  experiment: CompiledExperiment,
  evaluation: Evaluation,
): ExperimentResult | SkipReason {
  const hashAttribute = identify(experiment, evaluation);
  const hashValue = readHashValue(evaluation, hashAttribute);
  const way: Way = {
    hashAttribute,
    hashValue,
    variation: -1,
    isBlocked: false,
    chosen: null,
    bucket: 0,
    isSticky: false,
  };
  for (let step = allSteps(experiment.gates); step !== null; step = step.next) {
    if (way.isSticky && step.gate.skippedBySticky) continue;
    const verdict = take(step, experiment, evaluation, way);
    evaluation.trace?.gate(step, verdict, way, experiment.gates, evaluation);
    if (verdict === "decided") return settledResult(experiment, way, null);
    if (verdict !== null) return verdict;
  }
  const result = settledResult(experiment, way, way.bucket);
  recordParticipation(experiment, evaluation, result);
  return result;
}

/**
 * Does the same where the context has no options and the experiment no surprises, as is usual: then
 * a few gates are left, and what is found out on the way fits into variables.
 */
export function passUsual(
  experiment: CompiledExperiment,
  evaluation: Evaluation,
): ExperimentResult | SkipReason {
  // The fallback needs sticky buckets, which are an option.
  const { hashAttribute } = experiment;
  const hashValue = readHashValue(evaluation, hashAttribute);
  if (hashValue === "") return "noHashValue";
  let chosen: CompiledVariation | null = null;
  let bucket = 0;
  for (let step = experiment.usual; step !== null; step = step.next) {
    if (step.code === findsBucket) {
      const { scale } = step.operand;
      if (scale === 0) return "unknownHashVersion";
      const number = bucketOf(step.operand, hashValue);
      chosen = findChosen(experiment, number);
      if (chosen === null) return "coverage";
      bucket = number / scale;
    } else {
      const reason = check(step, evaluation, hashValue);
      if (reason !== null) return reason;
    }
  }
  const result = usualResult(
    experiment,
    chosen!,
    hashAttribute,
    hashValue,
    bucket,
  );
  if (evaluation.record !== null) {
    recordParticipation(experiment, evaluation, result);
  }
  return result;
}

function take(
  step: Step,
  experiment: CompiledExperiment,
  evaluation: Evaluation,
  way: Way,
): Verdict {
  switch (step.code) {
    case hasHashValue:
      return way.hashValue === "" ? "noHashValue" : null;
    case findsBucket:
      return findBucket(step.operand, experiment, way);
    case isUnblocked:
      return way.isBlocked ? "stickyVersionBlocked" : null;
    case hasVariation:
      return way.variation < 0 ? "coverage" : null;
    case settles: {
      const settlement = step.operand(evaluation);
      if (settlement === null) return null;
      const { variation, how } = settlement;
      way.variation = variation;
      way.chosen = null;
      way.isSticky = how === "sticky";
      way.isBlocked = how === "blocked";
      return how === "forced" ? "decided" : null;
    }
  }
  return check(step, evaluation, way.hashValue);
}

function findBucket(
  bucketing: Bucketing,
  experiment: CompiledExperiment,
  way: Way,
): SkipReason | null {
  const { scale } = bucketing;
  if (scale === 0) return "unknownHashVersion";
  const bucket = bucketOf(bucketing, way.hashValue);
  way.bucket = bucket / scale;
  if (way.isSticky) return null;
  way.chosen = findChosen(experiment, bucket);
  if (way.chosen !== null) way.variation = way.chosen.index;
  else if (experiment.first === null) {
    way.variation = searchVariation(bucketing, bucket);
  } else way.variation = -1;
  return null;
}

function findChosen(
  { first }: CompiledExperiment,
  bucket: number,
): CompiledVariation | null {
  for (let variation = first; variation !== null; variation = variation.next) {
    if (bucket >= variation.from && bucket < variation.to) return variation;
  }
  return null;
}
