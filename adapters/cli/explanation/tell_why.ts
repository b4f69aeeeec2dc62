import type { FeatureExplanation, RuleExplanation } from "../../../core/mod.ts";
import type { FeatureSource } from "../../../core/mod.ts";
import { describeApplication } from "./describe_application.ts";
import { describeSkip } from "./describe_skip.ts";

/** For how many rules it is told why they did not apply. */
const most = 3;

/**
 * Tells in one phrase why a feature has its value.
 *
 * @example
 * ```ts
 * import { explainFeature } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const features = { banner: { rules: [{ id: "fr_1", condition: { country: "fr" }, force: "Oui" }] } };
 * assertEquals(
 *   tellWhy(explainFeature({ features, attributes: { country: "fr" } }, "banner")),
 *   "rule fr_1 forced it",
 * );
 * assertEquals(
 *   tellWhy(explainFeature({ features, attributes: { country: "de" } }, "banner")),
 *   'no rule applied: country is "de", not "fr"',
 * );
 * ```
 */
export function tellWhy({ result, rules }: FeatureExplanation): string {
  return tellers[result.source](rules);
}

type Teller = (rules: readonly RuleExplanation[]) => string;

const tellers: { readonly [Source in FeatureSource]: Teller } = {
  unknownFeature: () => "there is no such feature",
  override: () => "the value is forced",
  defaultValue: tellDefault,
  force: tellApplied,
  experiment: tellApplied,
  prerequisite: tellEnded,
  cyclicPrerequisite: tellEnded,
};

function tellDefault(rules: readonly RuleExplanation[]): string {
  if (rules.length === 0) return "it has no rules";
  const told = new Set(rules.slice(0, most).map(describeSkip));
  const rest = rules.length - most;
  const reasons = [...told, ...(rest > 0 ? [`and ${rest} more rules`] : [])];
  return `no rule applied: ${reasons.join("; ")}`;
}

function tellApplied(rules: readonly RuleExplanation[]): string {
  const last = rules.at(-1);
  return last === undefined ? "" : describeApplication(last);
}

function tellEnded(rules: readonly RuleExplanation[]): string {
  const last = rules.at(-1);
  return last === undefined ? "it depends on itself" : describeSkip(last);
}
