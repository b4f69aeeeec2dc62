import { inRange } from "../bucket/in_range.ts";
import type { Check } from "../evaluation/evaluation.ts";
import { fallbackOf, identify } from "../evaluation/identify.ts";
import type { FeatureRule } from "../types/feature.ts";
import { compileHashing } from "./compile_hashing.ts";

/**
 * Lets through whom a rollout includes: whose hash is in the rule's range or, without one, at most
 * its coverage (the bound itself included, which is how every GrowthBook SDK does it).
 */
export function checkRollout(
  rule: FeatureRule,
  featureKey: string,
): Check | null {
  const { range, coverage } = rule;
  if (!range && coverage === undefined) return null;
  const attribute = rule.hashAttribute || "id";
  const fallback = fallbackOf(rule);
  const { hash } = compileHashing(rule, featureKey, 1);
  return (evaluation) => {
    identify(evaluation, attribute, fallback);
    if (!range && coverage === 0) return "coverage";
    if (evaluation.hashValue === "") return "noHashValue";
    if (hash === null) return "unknownHashVersion";
    const bucket = evaluation.bucket = hash(evaluation.hashValue);
    const included = range ? inRange(bucket, range) : bucket <= coverage!;
    return included ? null : "coverage";
  };
}
