import { explainFeature } from "../../../core/decide/explain_feature.ts";
import { isObject, readOwn } from "../../../core/support/read_own.ts";
import type { Context } from "../../../core/types/context.ts";
import type { FeatureRule } from "../../../core/types/feature.ts";
import type { FeatureResult } from "../../../core/types/result.ts";

/** Lists the rules of a feature as they stand in the payload. */
export function rulesOf(
  { features }: Context<object>,
  key: string,
): readonly FeatureRule[] {
  const rules = readOwn(readOwn(features, key), "rules");
  return Array.isArray(rules)
    ? rules.map((rule) => isObject(rule) ? rule : {})
    : [];
}

/**
 * Finds the rule that gave a feature its value: by its id where only one rule has it, as in what
 * GrowthBook publishes, and otherwise by evaluating again and watching. Null where no rule did.
 */
export function findAppliedRule(
  context: Context<object>,
  key: string,
  { source, ruleId }: Pick<FeatureResult, "source" | "ruleId">,
): FeatureRule | null {
  if (source !== "force" && source !== "experiment") return null;
  const rules = rulesOf(context, key);
  if (rules.length === 1) return rules[0]!;
  const named = rules.filter((rule) => ruleId !== "" && rule.id === ruleId);
  if (named.length === 1) return named[0]!;
  const last = explainFeature(context as Context, key).rules.at(-1);
  return last?.outcome === "applied" ? rules[last.index] ?? null : null;
}
