import { firstBucket, spanOf } from "../../bucket/bucket_span.ts";
import type { Evaluation } from "../../evaluation/evaluation.ts";
import {
  type HashAttributes,
  hashAttributesOf,
  identify,
  readHashValue,
} from "../../evaluation/identify.ts";
import { type BucketHash, bucketOf } from "../../hash/compile_hash.ts";
import type { FeatureRule } from "../../types/feature.ts";
import type { SkipReason } from "../../types/skip_reason.ts";
import { compileHashing } from "../compile_hashing.ts";
import type { Gate, RuleOrigin } from "../gate.ts";
import { isForced } from "../state/rule.ts";
import { isRolledOut } from "../step.ts";
import { describeUserHash, type Facts, type HashTarget } from "../facts.ts";
import { readIdentity, type Reads } from "../reads.ts";

/**
 * Lets users through that a rollout includes: those whose hash is in the rule's range or, without
 * one, at most its coverage (the bound itself included, which is how every GrowthBook SDK does it).
 * A rule that runs an experiment leaves the bucket to that.
 */
export const rollout: Gate<FeatureRule, RuleOrigin> = {
  make: (rule, { featureId }) => {
    const { range, coverage } = rule;
    if (!isForced(rule) || !range && coverage === undefined) return null;
    return { code: isRolledOut, operand: compileRollout(rule, featureId) };
  },
};

/** Whom a rollout includes. */
export interface Rollout extends HashAttributes, BucketHash {
  /** The first bucket that is included. */
  readonly from: number;
  /** The first bucket after it that is not; -1 where no user is included, with a hash value or without. */
  readonly to: number;
}

function compileRollout(rule: FeatureRule, featureId: string): Rollout {
  const { range, coverage } = rule;
  const { seed, version, scale, text, state } = compileHashing(
    rule,
    featureId,
    1,
  );
  const { hashAttribute, fallbackAttribute } = hashAttributesOf(rule);
  const { from, to } = range ? spanOf(range, scale) : {
    from: 0,
    to: coverage === 0
      ? -1
      : firstBucket(scale, (fraction) => !(fraction <= coverage!)),
  };
  // Written out: engines keep what is added to a copy apart from it.
  return {
    seed,
    version,
    scale,
    text,
    state,
    hashAttribute,
    fallbackAttribute,
    from,
    to,
  };
}

/** Why a rollout does not include a user; null where it does. */
export function leavesOut(
  rollout: Rollout,
  evaluation: Evaluation,
): SkipReason | null {
  if (rollout.to < 0) return "coverage";
  const hashValue = readHashValue(evaluation, identify(rollout, evaluation));
  if (hashValue === "") return "noHashValue";
  if (rollout.scale === 0) return "unknownHashVersion";
  const bucket = bucketOf(rollout, hashValue);
  return bucket >= rollout.from && bucket < rollout.to ? null : "coverage";
}

/** Tells of the hash. */
export const rolloutFacts: Facts<FeatureRule, RuleOrigin> = (
  { definition, origin, progress },
) => {
  const { range, coverage } = definition;
  const compiled = compileRollout(definition, origin.featureId);
  const target: HashTarget = range
    ? { ranges: [range] }
    : { ranges: [], coverage: coverage! };
  return describeUserHash(compiled, target, progress);
};

/** Reads the hash attribute and its fallback, where there is a rollout. */
export const rolloutReads: Reads = (definition, reader) => {
  if (!Object.hasOwn(definition, "force")) return;
  if (definition["range"] || definition["coverage"] !== undefined) {
    readIdentity(definition, reader);
  }
};
