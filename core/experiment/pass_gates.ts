import { holds } from "../condition/holds.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import {
  type HashAttributes,
  isFallbackUsed,
  readHashValue,
} from "../evaluation/identify.ts";
import { isWithoutOptions } from "../evaluation/start_evaluation.ts";
import { searchVariation } from "../gates/bucketing/bucket.ts";
import { leavesOut } from "../gates/bucketing/rollout.ts";
import { allSteps } from "../gates/compile_gates.ts";
import {
  checks,
  type CompiledGates,
  findsBucket,
  hasHashValue,
  hasVariation,
  isRolledOut,
  isUnblocked,
  meetsCondition,
  settles,
  type Verdict,
} from "../gates/step.ts";
import { bucketOf } from "../hash/compile_hash.ts";
import type { ExperimentResult } from "../types/result.ts";
import type { SkipReason } from "../types/skip_reason.ts";
import type { CompiledExperiment } from "./compile_experiment.ts";
import type { CompiledVariation } from "./compile_variation.ts";
import { settledResult } from "./experiment_result.ts";
import { recordParticipation } from "./record.ts";

/**
 * Sends a user through gates in order, those of a rule or those of an experiment: the one loop that
 * all evaluation goes through. Returns why the user was stopped; for a rule, null where all gates
 * let the user through; for an experiment, the result of a user who got as far as a variation, which
 * is recorded where the hash decided. Throws where a definition is malformed.
 */
export function passGates(
  gates: CompiledGates,
  experiment: CompiledExperiment | null,
  evaluation: Evaluation,
): ExperimentResult | SkipReason | null {
  const { trace } = evaluation;
  let hashAttribute = "";
  let hashValue: unknown = "";
  let bucket = 0;
  let scale = 1;
  let variation = -1;
  let chosen: CompiledVariation | null = null;
  let isSticky = false;
  let isBlocked = false;
  if (experiment !== null) {
    hashAttribute = identify(experiment, evaluation);
    hashValue = readHashValue(evaluation, hashAttribute);
  }
  const isUsual = trace === null &&
    (!gates.needsOptions || isWithoutOptions(evaluation.context));
  if (isUsual && experiment !== null && hashValue === "") return "noHashValue";
  const first = isUsual ? gates.usual : allSteps(gates);
  for (let step = first; step !== null; step = step.next) {
    if (isSticky && step.gate.skippedBySticky) continue;
    let verdict: Verdict = null;
    switch (step.code) {
      case checks:
        verdict = step.operand(evaluation, hashValue);
        break;
      case meetsCondition:
        if (!holds(step.operand, evaluation.attributes, evaluation)) {
          verdict = "condition";
        }
        break;
      case isRolledOut:
        hashAttribute = identify(step.operand, evaluation);
        hashValue = readHashValue(evaluation, hashAttribute);
        verdict = leavesOut(step.operand, hashValue);
        break;
      case hasHashValue:
        if (hashValue === "") verdict = "noHashValue";
        break;
      case findsBucket: {
        const { hash } = step.operand;
        scale = hash.scale;
        if (scale === 0) {
          verdict = "unknownHashVersion";
          break;
        }
        bucket = bucketOf(hash, hashValue);
        if (!isSticky) {
          chosen = findChosen(experiment!, bucket);
          variation = chosen !== null
            ? chosen.index
            : experiment!.first === null
            ? searchVariation(step.operand, bucket)
            : -1;
        }
        if (isUsual && variation < 0) verdict = "coverage";
        break;
      }
      case isUnblocked:
        if (isBlocked) verdict = "stickyVersionBlocked";
        break;
      case hasVariation:
        if (variation < 0) verdict = "coverage";
        break;
      case settles: {
        const settlement = step.operand(evaluation);
        if (settlement === null) break;
        variation = settlement.variation;
        isSticky = settlement.how === "sticky";
        isBlocked = settlement.how === "blocked";
        if (settlement.how === "forced") verdict = "decided";
      }
    }
    if (trace !== null) {
      const progress = { hashAttribute, hashValue, variation, isBlocked };
      trace.gate(step, verdict, progress, gates, evaluation);
    }
    if (verdict === null) continue;
    if (verdict !== "decided") return verdict;
    return settledResult(
      experiment!,
      hashAttribute,
      hashValue,
      variation,
      null,
      null,
      false,
    );
  }
  if (experiment === null) return null;
  const result = settledResult(
    experiment,
    hashAttribute,
    hashValue,
    variation,
    chosen,
    bucket / scale,
    isSticky,
  );
  if (!isUsual || evaluation.record !== null) {
    recordParticipation(experiment, evaluation, result);
  }
  return result;
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

/** Tells which attribute decides a bucket. */
export function identify(
  { hashAttribute, fallbackAttribute }: HashAttributes,
  evaluation: Evaluation,
): string {
  return fallbackAttribute !== null &&
      readHashValue(evaluation, hashAttribute) === "" &&
      isFallbackUsed(evaluation, fallbackAttribute)
    ? fallbackAttribute
    : hashAttribute;
}
