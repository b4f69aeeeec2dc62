import { inRange } from "../bucket/in_range.ts";
import { identify } from "../evaluation/identify.ts";
import { type Gate, makeGate } from "../evaluation/gate.ts";
import { compileHash } from "../hash/compile_hash.ts";
import type { FeatureRule } from "../types/feature.ts";

/**
 * Lets through whom a rollout includes: whose hash is in the rule's range or, without one, at most
 * its coverage (the bound itself included, which is how every GrowthBook SDK does it).
 */
export function rolloutGate(rule: FeatureRule, featureKey: string): Gate {
  const { range, coverage } = rule;
  const attribute = rule.hashAttribute || "id";
  const fallback = rule.disableStickyBucketing
    ? null
    : rule.fallbackAttribute || null;
  const seed = rule.seed || featureKey;
  const version = rule.hashVersion || 1;
  const hash = compileHash(seed, version);
  return makeGate({
    name: "rollout",
    check: (evaluation) => {
      if (!range && coverage === 0) return "coverage";
      identify(evaluation, attribute, fallback);
      if (evaluation.hashValue === "") return "noHashValue";
      if (hash === null) return "unknownHashVersion";
      const bucket = evaluation.bucket = hash(evaluation.hashValue);
      const included = range ? inRange(bucket, range) : bucket <= coverage!;
      return included ? null : "coverage";
    },
    detail: (evaluation, verdict) => {
      const known = verdict === null ||
        verdict === "coverage" && (range !== undefined || coverage !== 0);
      return {
        hashes: [{
          attribute: evaluation.hashAttribute || attribute,
          value: evaluation.hashValue,
          seed: String(seed),
          version,
          bucket: known ? evaluation.bucket : null,
          ranges: range ? [range] : [],
          ...(range || coverage === undefined ? {} : { coverage }),
        }],
      };
    },
  });
}
