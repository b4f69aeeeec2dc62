import { inRange } from "../../bucket/in_range.ts";
import {
  type HashAttributes,
  hashAttributesOf,
} from "../../evaluation/identify.ts";
import { bucketOf } from "../../hash/compile_hash.ts";
import type { BucketRange } from "../../types/experiment.ts";
import type { FeatureRule } from "../../types/feature.ts";
import type { SkipReason } from "../../types/skip_reason.ts";
import { compileHashing, type Hashing } from "../compile_hashing.ts";
import type { Gate, RuleOrigin } from "../gate.ts";
import { isForced } from "../state/rule.ts";
import { isRolledOut } from "../step.ts";
import { describeUserHash, type Facts } from "../facts.ts";
import { readIdentity, type Reads } from "../reads.ts";

/**
 * Lets through users whom a rollout includes: those whose hash is in the rule's range or, without
 * one, at most its coverage (the bound itself included, which is how every GrowthBook SDK does it).
 * A rule that runs an experiment leaves the bucket to that.
 */
export const rollout: Gate<FeatureRule, RuleOrigin> = {
  name: "rollout",
  needsOption: false,
  skippedBySticky: false,
  make: (rule, { featureId }) => {
    const { range, coverage } = rule;
    if (!isForced(rule) || !range && coverage === undefined) return null;
    return { code: isRolledOut, operand: compileRollout(rule, featureId) };
  },
};

/** Whom a rollout includes. */
export interface Rollout extends Hashing, HashAttributes {
  /** The range that includes; null where the coverage decides. */
  readonly range: BucketRange | null;
  /** The largest bucket that is included. */
  readonly coverage: number | undefined;
}

/** Compiles the rollout of a rule. */
export function compileRollout(rule: FeatureRule, featureId: string): Rollout {
  const { seed, version, hash } = compileHashing(rule, featureId, 1);
  const { hashAttribute, fallbackAttribute } = hashAttributesOf(rule);
  return {
    seed,
    version,
    hash,
    hashAttribute,
    fallbackAttribute,
    range: rule.range || null,
    coverage: rule.coverage,
  };
}

/** Why a rollout does not include a user; null where it does. */
export function leavesOut(
  { hash, range, coverage }: Rollout,
  hashValue: unknown,
): SkipReason | null {
  if (range === null && coverage === 0) return "coverage";
  if (hashValue === "") return "noHashValue";
  if (hash === null) return "unknownHashVersion";
  const bucket = bucketOf(hash, hashValue);
  const included = range === null
    ? bucket <= coverage!
    : inRange(bucket, range);
  return included ? null : "coverage";
}

/** Tells of the hash. */
export const rolloutFacts: Facts<FeatureRule, RuleOrigin> = (
  { definition, origin, progress },
) => {
  const { range, ...rollout } = compileRollout(definition, origin.featureId);
  return describeUserHash(
    range === null
      ? { ...rollout, ranges: [] }
      : { ...rollout, ranges: [range], coverage: undefined },
    progress,
  );
};

/** Reads the hash attribute and its fallback, where there is a rollout. */
export const rolloutReads: Reads = (definition, reader) => {
  if (!Object.hasOwn(definition, "force")) return;
  if (definition["range"] || definition["coverage"] !== undefined) {
    readIdentity(definition, reader);
  }
};
