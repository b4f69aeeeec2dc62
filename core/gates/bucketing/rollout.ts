import { firstBucket, spanOf } from "../../bucket/bucket_span.ts";
import {
  type HashAttributes,
  hashAttributesOf,
  readHashValue,
} from "../../evaluation/identify.ts";
import { type BucketHash, bucketOf } from "../../hash/compile_hash.ts";
import type { Attributes } from "../../types/attributes.ts";
import type { FeatureRule } from "../../types/feature.ts";
import type { SkipReason } from "../../types/skip_reason.ts";
import { compileHashing } from "../compile_hashing.ts";
import type { Gate, RuleOrigin } from "../gate.ts";
import { isForced } from "../state/rule.ts";
import { isRolledOut } from "../step.ts";
import {
  describeUserHash,
  type Facts,
  type GateSubject,
  type HashTarget,
} from "../facts.ts";

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
export interface Rollout extends HashAttributes {
  /** The hash. */
  readonly hash: BucketHash;
  /** The first bucket that is included. */
  readonly from: number;
  /** The first bucket after it that is not; -1 where no user is included, with a hash value or without. */
  readonly to: number;
}

function compileRollout(rule: FeatureRule, featureId: string): Rollout {
  const { range, coverage } = rule;
  const hash = compileHashing(rule, featureId, 1, null);
  const { from, to } = range ? spanOf(range, hash.scale) : {
    from: 0,
    to: coverage === 0
      ? -1
      : firstBucket(hash.scale, (fraction) => !(fraction <= coverage!)),
  };
  return { hash, from, to, ...hashAttributesOf(rule) };
}

/** Tells whether a rollout includes a user, by the attribute that decides. */
export function includes(
  { hash, from, to }: Rollout,
  hashAttribute: string,
  attributes: Attributes,
): boolean {
  if (to < 0) return false;
  const hashValue = readHashValue(attributes, hashAttribute);
  if (hashValue === "") return false;
  // Of an unknown version of the hash no bucket is included.
  const bucket = bucketOf(hash, hashValue);
  return bucket >= from && bucket < to;
}

/** Tells of the hash. */
export const rolloutFacts: Facts<FeatureRule, RuleOrigin> = (
  { definition, origin, progress },
) => {
  const { range, coverage } = definition;
  const { hash } = compileRollout(definition, origin.featureId);
  const target: HashTarget = range
    ? { ranges: [range] }
    : { ranges: [], coverage: coverage! };
  return describeUserHash(hash, target, progress);
};

/** Tells why a rollout does not include a user. */
export function rolloutReason(
  { definition, origin, progress }: GateSubject<FeatureRule, RuleOrigin>,
): SkipReason {
  const { hash, to } = compileRollout(definition, origin.featureId);
  if (to < 0) return "coverage";
  if (progress.hashValue === "") return "noHashValue";
  return hash.scale === 0 ? "unknownHashVersion" : "coverage";
}
