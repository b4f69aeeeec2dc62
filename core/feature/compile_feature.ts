import { compileGates } from "../evaluation/compile_gates.ts";
import type { FeatureDefinition, FeatureRule } from "../types/feature.ts";
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

/** Compiles a feature. Whatever is given compiles; a rule that can't be read does not apply. */
export function compileFeature(
  key: string,
  definition: FeatureDefinition,
): CompiledFeature {
  const { defaultValue, rules } = definition;
  return {
    key,
    rules: Array.isArray(rules)
      ? rules.map((rule) => compileReadable(rule, key))
      : [],
    byDefault: makeFeatureResult(defaultValue ?? null, "defaultValue", ""),
  };
}

function compileReadable(rule: FeatureRule, key: string): CompiledRule {
  try {
    return compileRule(rule, key);
  } catch (error) {
    const fail = () => {
      throw error;
    };
    return {
      id: "",
      gates: compileGates([["rule", fail]], rule, key),
      forced: null,
      experiment: null,
    };
  }
}
