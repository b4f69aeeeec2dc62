import type { HashDetail, RuleExplanation } from "../../../core/mod.ts";
import { describeBucket, describeRange } from "./describe_range.ts";
import { describeName } from "../text/describe_value.ts";
import { describeRule } from "./describe_rule.ts";

/**
 * Tells in one phrase how a rule came to give its value.
 *
 * @example
 * ```ts
 * import { explainFeature } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const features = { cta: { rules: [{ key: "cta-test", variations: ["Buy", "Order"] }] } };
 * const { rules } = explainFeature({ features, attributes: { id: "7" } }, "cta");
 * assertEquals(
 *   describeApplication(rules[0]!),
 *   'bucket 0.2270 of "id" is in 0.0000-0.5000 of cta-test',
 * );
 * ```
 */
export function describeApplication(rule: RuleExplanation): string {
  return rule.experimentKey === null ? tellForced(rule) : tellExperiment(rule);
}

function tellForced(rule: RuleExplanation): string {
  const forced = `${describeRule(rule)} forced it`;
  const hash = lastHash(rule, "rollout");
  return hash === undefined ? forced : `${forced}: ${tellRollout(hash)}`;
}

function tellRollout(hash: HashDetail): string {
  const { ranges, coverage } = hash;
  return coverage === undefined
    ? `${tellBucket(hash)} is in ${describeRange(ranges[0])}`
    : `${tellBucket(hash)} is at most ${describeBucket(coverage)}`;
}

function tellExperiment(rule: RuleExplanation): string {
  const { gates, result } = rule;
  const key = describeName(rule.experimentKey);
  const variation = `"${describeName(result?.key ?? "")}" of ${key}`;
  const decided = gates.find(({ outcome }) => outcome === "decided")?.gate;
  if (decided === "queryString") return `the URL asks for ${variation}`;
  if (decided === "forcedVariation") return `${variation} is forced`;
  if (result?.stickyBucketUsed) {
    const attribute = describeName(result.hashAttribute);
    return `a sticky bucket of "${attribute}" keeps ${variation}`;
  }
  const hash = lastHash(rule, "bucket");
  if (hash === undefined) return variation;
  const range = describeRange(hash.ranges[result?.variationId ?? 0]);
  const leaf = result?.leafId === undefined
    ? ""
    : `, leaf ${describeName(result.leafId)}`;
  return `${tellBucket(hash)} is in ${range} of ${key}${leaf}`;
}

function tellBucket({ bucket, attribute }: HashDetail): string {
  return `bucket ${describeBucket(bucket)} of "${describeName(attribute)}"`;
}

function lastHash(
  { gates }: RuleExplanation,
  name: "rollout" | "bucket",
): HashDetail | undefined {
  return gates.findLast(({ gate }) => gate === name)?.hashes?.[0];
}
