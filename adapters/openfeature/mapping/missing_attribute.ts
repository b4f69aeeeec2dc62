import { evalCondition } from "../../../core/condition/eval_condition.ts";
import { explainFeature } from "../../../core/decide/explain_feature.ts";
import { readOwn } from "../../../core/support/read_own.ts";
import type { Context } from "../../../core/types/context.ts";
import type { Condition } from "../../../core/types/condition.ts";
import type { FeatureRule } from "../../../core/types/feature.ts";
import { rulesOf } from "./applied_rule.ts";

/**
 * Names the attribute for lack of which a rule of a feature did not apply: the one that an experiment
 * or a rollout hashes. Null where none lacks.
 */
export function findMissingAttribute(
  context: Context<object>,
  key: string,
): string | null {
  const rules = rulesOf(context, key);
  // Most users have what is hashed: then nothing has to be evaluated again.
  if (!rules.some((rule) => hashes(rule) && lacks(context, rule))) return null;
  const skipped = explainFeature(context as Context, key).rules
    .filter(({ reason }) => reason === "noHashValue")
    .map(({ index }) => rules[index]!);
  // An experiment looks for what it hashes before its condition.
  const rule = skipped.find(({ condition }) =>
    condition === undefined || meets(context, condition)
  );
  return rule === undefined ? null : hashAttributeOf(rule);
}

function meets(
  { attributes, attributeOverrides, savedGroups }: Context<object>,
  condition: Condition,
): boolean {
  const known = { ...attributes, ...attributeOverrides };
  return evalCondition(known, condition, savedGroups);
}

function hashes(rule: FeatureRule): boolean {
  return rule.variations !== undefined || rule.coverage !== undefined ||
    rule.contextualVariations !== undefined || rule.range !== undefined;
}

function lacks(
  { attributes, attributeOverrides }: Context<object>,
  rule: FeatureRule,
): boolean {
  const name = hashAttributeOf(rule);
  return !(readOwn(attributeOverrides, name) || readOwn(attributes, name));
}

function hashAttributeOf({ hashAttribute }: FeatureRule): string {
  return hashAttribute ? String(hashAttribute) : "id";
}
