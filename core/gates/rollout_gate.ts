import { inRange } from "../bucket/in_range.ts";
import type { Gate } from "../evaluation/evaluation.ts";
import { fallbackOf, identify } from "../evaluation/identify.ts";
import { makeGate } from "../evaluation/pass_gates.ts";
import { compileHash } from "../hash/compile_hash.ts";
import type { FeatureRule } from "../types/feature.ts";

/**
 * Lets through whom a rollout includes: whose hash is in the rule's range or, without one, at most
 * its coverage (the bound itself included, which is how every GrowthBook SDK does it).
 */
export function rolloutGate(rule: FeatureRule, featureKey: string): Gate {
  const { range, coverage } = rule;
  const attribute = rule.hashAttribute || "id";
  const fallback = fallbackOf(rule);
  const seed = rule.seed || featureKey;
  const version = rule.hashVersion || 1;
  const hash = compileHash(seed, version);
  const facts = range
    ? { seed, version, hash, ranges: [range] }
    : { seed, version, hash, ranges: [], coverage };
  return makeGate("rollout", (evaluation) => {
    identify(evaluation, attribute, fallback);
    if (!range && coverage === 0) return "coverage";
    if (evaluation.hashValue === "") return "noHashValue";
    if (hash === null) return "unknownHashVersion";
    const bucket = evaluation.bucket = hash(evaluation.hashValue);
    const included = range ? inRange(bucket, range) : bucket <= coverage!;
    return included ? null : "coverage";
  }, { hashing: [facts] });
}
