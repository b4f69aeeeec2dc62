import { isList } from "../support/is_list.ts";
import type { FeatureDefinition, FeatureRule } from "../types/feature.ts";
import type { JsonValue } from "../types/json.ts";
import type { FeatureResult, FeatureSource } from "../types/result.ts";
import { type CompiledRule, compileRule } from "./compile_rule.ts";
import { makeFeatureResult } from "./feature_result.ts";

/** A feature ready to be evaluated. */
export interface CompiledFeature {
  /** The key of the feature. */
  readonly key: string;
  /** A number that few other features of a payload have, and as a rule none. */
  readonly slot: number;
  /** The first rule, which knows the next; null without rules. */
  readonly first: CompiledRule | null;
  /** Whether some rule asks for a parent. */
  readonly asks: boolean;
  /** The result where no rule applies. */
  readonly byDefault: FeatureResult;
}

/** Compiles a feature. Whatever is given compiles. */
export function compileFeature(
  key: string,
  { defaultValue, rules }: FeatureDefinition,
  slot: number,
): CompiledFeature {
  const value = defaultValue ?? null;
  const feature = constantFeature(key, value, "defaultValue", slot);
  if (!isList(rules)) return feature;
  const asks = rules.some((rule) => Boolean(rule?.parentConditions));
  return { ...feature, first: chainRules(rules, key), asks };
}

/** Makes a feature that has one value for all users. */
export function constantFeature(
  key: string,
  value: JsonValue,
  source: FeatureSource,
  slot: number = 0,
): CompiledFeature {
  const byDefault = makeFeatureResult(value, source, "");
  return { key, slot, first: null, asks: false, byDefault };
}

// Backwards, because a rule knows the next. A hole in a list is no rule.
function chainRules(
  rules: readonly FeatureRule[],
  key: string,
): CompiledRule | null {
  return rules.reduceRight<CompiledRule | null>(
    (next, rule) => compileRule(rule, key, next),
    null,
  );
}
