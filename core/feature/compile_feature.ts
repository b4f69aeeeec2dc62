import type { FeatureDefinition, FeatureRule } from "../types/feature.ts";
import type { JsonValue } from "../types/json.ts";
import type { FeatureResult, FeatureSource } from "../types/result.ts";
import { type CompiledRule, compileRule } from "./compile_rule.ts";
import { makeFeatureResult } from "./feature_result.ts";

/** A feature ready to be evaluated. */
export interface CompiledFeature {
  /** The key of the feature. */
  readonly key: string;
  /** The first rule, which knows the next; null without rules. */
  readonly first: CompiledRule | null;
  /** The result where no rule applies. */
  readonly byDefault: FeatureResult;
}

/** Compiles a feature. Whatever is given compiles. */
export function compileFeature(
  key: string,
  { defaultValue, rules }: FeatureDefinition,
): CompiledFeature {
  return {
    ...constantFeature(key, defaultValue ?? null, "defaultValue"),
    first: Array.isArray(rules) ? chainRules(rules, key) : null,
  };
}

/** Makes a feature that has one value for all users. */
export function constantFeature(
  key: string,
  value: JsonValue,
  source: FeatureSource,
): CompiledFeature {
  const byDefault = makeFeatureResult(value, source, "");
  return { key, first: null, byDefault };
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
