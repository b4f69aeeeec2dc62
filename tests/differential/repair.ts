import type { Context } from "../../core/types/context.ts";
import type { FeatureResult } from "../../core/types/result.ts";
import { officialFeature } from "./oracle.ts";
import type { Outcome } from "./outcome.ts";

/** What the official SDK does once the rules that make it throw are gone. */
export interface Repaired {
  /** What it does then. */
  readonly outcome: Outcome<FeatureResult>;
  /** How many rules had to go. */
  readonly removed: number;
}

/** Where the official SDK was when it threw: in a rule, or in a feature's list of rules. */
interface Place {
  readonly feature: string;
  readonly rule: number | null;
}

/**
 * Evaluates a feature with the official SDK. As long as that throws, the rule that it was at is
 * replaced by one that does not apply. Gives null where it throws for another reason than a rule.
 */
export function repairedFeature(
  context: Context,
  key: string,
): Repaired | null {
  let current = context;
  for (let removed = 0; removed < 40; removed++) {
    try {
      return { outcome: officialFeature(current, key), removed };
    } catch {
      const place = findOffender(current, key);
      if (place === null) return null;
      current = withoutRule(current, place);
    }
  }
  return null;
}

function withoutRule(context: Context, { feature, rule }: Place): Context {
  const definition = (context.features as Record<string, object>)[feature]!;
  const { rules } = definition as { rules: unknown };
  const left = rule === null || !Array.isArray(rules)
    ? []
    : rules.map((other, index) => index === rule ? neutralized(other) : other);
  return {
    ...context,
    features: {
      ...context.features,
      [feature]: { ...definition, rules: left },
    },
  };
}

// What parents cause happens before most faults, so they stay until they are what is at fault.
function neutralized(rule: unknown): object {
  const fields = Object(rule) as Record<string, unknown>;
  const { parentConditions } = fields;
  const isFirst = Object.keys(fields).some((name) =>
    name !== "parentConditions"
  );
  return isFirst && parentConditions ? { parentConditions } : {};
}

/** Finds the rule that is read last before the official SDK throws. */
function findOffender(context: Context, key: string): Place | null {
  let last: Place | null = null;
  const features = Object.fromEntries(
    Object.entries(context.features ?? {}).map(([feature, definition]) => [
      feature,
      watchFeature(definition, (rule) => last = { feature, rule }),
    ]),
  );
  try {
    officialFeature({ ...context, features } as Context, key);
  } catch {
    return last;
  }
  return null;
}

/** Told which rule is read; null for the list of rules. */
type Visit = (rule: number | null) => void;

function watchFeature(definition: unknown, visit: Visit): unknown {
  if (typeof definition !== "object" || definition === null) return definition;
  const { rules } = definition as { rules?: unknown };
  const watchedRules = Array.isArray(rules)
    ? watch(
      rules.map((rule, index) => watchDeeply(rule, () => visit(index))),
      (name) => visit(/^\d+$/.test(String(name)) ? Number(name) : null),
    )
    : rules;
  return watch({ ...definition, rules: watchedRules }, () => visit(null));
}

function watchDeeply(value: unknown, visit: () => void): unknown {
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, entry]) => [
    name,
    watchDeeply(entry, visit),
  ]);
  const copy = Array.isArray(value) ? [] : {};
  return watch(Object.assign(copy, Object.fromEntries(entries)), visit);
}

function watch(value: object, visit: (name: PropertyKey) => void): object {
  return new Proxy(value, {
    get(target, name) {
      visit(name);
      return Reflect.get(target, name);
    },
    has(target, name) {
      visit(name);
      return Reflect.has(target, name);
    },
    ownKeys(target) {
      visit("");
      return Reflect.ownKeys(target);
    },
  });
}
