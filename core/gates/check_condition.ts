import { compileCondition } from "../condition/compile_condition.ts";
import { holds } from "../condition/holds.ts";
import type { Check } from "../evaluation/evaluation.ts";

/** Lets through whose attributes meet the condition. */
export function checkCondition(
  { condition }: { readonly condition?: unknown },
): Check | null {
  if (!condition) return null;
  const test = compileCondition(condition);
  return (evaluation) =>
    holds(test, evaluation.attributes, evaluation) ? null : "condition";
}
