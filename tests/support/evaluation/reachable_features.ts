import type { Context } from "../../../core/types/context.ts";
import type { ParentCondition } from "../../../core/types/experiment.ts";

/** Finds the features that the evaluation of a feature may ask for, itself included. */
export function reachableFeatures(
  context: Context,
  key: string,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [key];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    waiting.push(...parentsOf(context, next));
  }
  return reached;
}

/** Lists the parents of a feature: those of its rules and of overrides of their experiments. */
function parentsOf(context: Context, key: string): readonly string[] {
  const rules = context.features?.[key]?.rules ?? [];
  const overrides = rules.map((rule) => context.overrides?.[rule.key || key]);
  return [...rules, ...overrides]
    .flatMap((source): readonly ParentCondition[] =>
      source?.parentConditions ?? []
    )
    .map(({ id }) => id);
}
