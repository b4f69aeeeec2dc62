import type { FeatureDefinition } from "../types/feature.ts";
import type { FeatureResult } from "../types/result.ts";
import { type CompiledRule, compileRule } from "./compile_rule.ts";
import { makeFeatureResult } from "./feature_result.ts";

/** A feature ready to be evaluated. */
export interface CompiledFeature {
  /** The key of the feature. */
  readonly key: string;
  /** The rules, in order. */
  readonly rules: readonly CompiledRule[];
  /** The result where no rule applies. */
  readonly byDefault: FeatureResult;
}

/** Compiles a feature. Whatever is given compiles. */
export function compileFeature(
  key: string,
  { defaultValue, rules }: FeatureDefinition,
): CompiledFeature {
  return {
    key,
    rules: Array.isArray(rules)
      ? rules.map((rule) => compileRule(rule, key))
      : [],
    byDefault: makeFeatureResult(defaultValue ?? null, "defaultValue", ""),
  };
}
