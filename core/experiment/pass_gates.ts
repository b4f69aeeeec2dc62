import { holds } from "../condition/holds.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import { identify, readHashValue } from "../evaluation/identify.ts";
import type { Progress } from "../evaluation/trace.ts";
import { searchVariation } from "../gates/bucketing/bucket.ts";
import { includes } from "../gates/bucketing/rollout.ts";
import { allSteps } from "../gates/compile_gates.ts";
import { checkParents } from "../gates/targeting/prerequisites.ts";
import {
  asksParents,
  checks,
  findsBucket,
  isRolledOut,
  meetsCondition,
  type Step,
  type Verdict,
} from "../gates/step.ts";
import { type BucketHash, bucketOf, fractionOf } from "../hash/compile_hash.ts";
import type { ExperimentResult } from "../types/result.ts";
import type {
  CompiledExperiment,
  VariationSpan,
} from "./compile_experiment.ts";
import { settledResult, usualResult } from "./experiment_result.ts";
import { recordParticipation } from "./record.ts";
import { unkept } from "./unkept.ts";

/** Takes a step that a rule and an experiment may have. */
export function check(
  step: Step,
  evaluation: Evaluation,
  progress: Progress,
): Verdict {
  if (step.code === meetsCondition) {
    return holds(step.operand, evaluation.attributes, evaluation);
  }
  if (step.code === isRolledOut) {
    const hashAttribute = identify(step.operand, evaluation);
    return includes(step.operand, hashAttribute, evaluation.attributes);
  }
  if (step.code === asksParents) return checkParents(step.operand, evaluation);
  return step.code !== checks || step.operand(evaluation, progress);
}

/** How far a user has come on the way to a variation. */
interface Way extends Progress {
  /** The bucket, from 0 to 1. */
  bucket: number;
}

/**
 * Sends a user through the gates of an experiment, in order. Returns the result of a user who got as
 * far as a variation, which is recorded where the hash decided, or what the gate said that stopped the
 * user. Throws where a definition is malformed.
 */
export function passExperiment(
  experiment: CompiledExperiment,
  evaluation: Evaluation,
): ExperimentResult | Verdict {
  const hashAttribute = identify(experiment, evaluation);
  const hashValue = readHashValue(evaluation.attributes, hashAttribute);
  const way: Way = {
    hashAttribute,
    hashValue,
    variation: -1,
    isBlocked: false,
    bucket: 0,
    isSticky: false,
  };
  for (let step = allSteps(experiment.gates); step !== null; step = step.next) {
    if (way.isSticky && step.gate.skippedBySticky) continue;
    const verdict = step.code === findsBucket
      ? findBucket(step.operand, way)
      : check(step, evaluation, way);
    evaluation.call.trace?.gate(
      step,
      verdict,
      way,
      experiment.gates,
      evaluation,
    );
    if (verdict === "decided") return settledResult(experiment, way, null);
    if (verdict !== true) return verdict;
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
): ExperimentResult | Verdict {
  // The fallback needs sticky buckets, which are an option.
  const { hashAttribute } = experiment;
  const hashValue = readHashValue(evaluation.attributes, hashAttribute);
  if (hashValue === "") return false;
  let chosen: VariationSpan | null = null;
  let bucket = 0;
  for (let step = experiment.usual; step !== null; step = step.next) {
    if (step.code === findsBucket) {
      const number = bucketOf(step.operand, hashValue);
      // Of an unknown version of the hash no bucket belongs to a variation.
      chosen = findChosen(experiment, number);
      if (chosen === null) return false;
      bucket = number / step.operand.scale;
    } else {
      const verdict = check(step, evaluation, unkept);
      if (verdict !== true) return verdict;
    }
  }
  const result = usualResult(
    experiment,
    chosen!,
    hashAttribute,
    hashValue,
    bucket,
  );
  if (evaluation.call.record !== null) {
    recordParticipation(experiment, evaluation, result);
  }
  return result;
}

function findBucket(hash: BucketHash, way: Way): boolean {
  const bucket = fractionOf(hash, way.hashValue);
  if (bucket === null) return false;
  way.bucket = bucket;
  if (!way.isSticky) way.variation = searchVariation(hash, bucket);
  return true;
}

function findChosen(
  { first }: CompiledExperiment,
  bucket: number,
): VariationSpan | null {
  for (let variation = first; variation !== null; variation = variation.next) {
    if (bucket >= variation.from && bucket < variation.to) return variation;
  }
  return null;
}
