import type { Context } from "../../core/types/context.ts";
import type { Experiment } from "../../core/types/experiment.ts";
import type {
  ExperimentResult,
  FeatureResult,
} from "../../core/types/result.ts";
import { officialExperiment, officialFeature } from "./oracle.ts";
import type { Outcome } from "./outcome.ts";

/** What the official SDK does once the rules that make it throw are gone. */
export interface Repaired<Result> {
  /** What it does then. */
  readonly outcome: Outcome<Result>;
  /** How many rules had to go. */
  readonly removed: number;
}

/**
 * Evaluates a feature with the official SDK. As long as that throws, the rule that it was at is
 * replaced by one that does not apply. Gives null where no rule is to blame.
 */
export function repairedFeature(
  context: Context,
  key: string,
): Repaired<FeatureResult> | null {
  return repair(context, null, (current) => officialFeature(current, key));
}

/** The same for an experiment. Gives null where the experiment itself makes it throw. */
export function repairedExperiment(
  context: Context,
  experiment: Experiment,
): Repaired<ExperimentResult> | null {
  return repair(
    context,
    experiment,
    (current, watched) => officialExperiment(current, watched ?? experiment),
  );
}

/** Asks the official SDK, with the experiment as it is or watched. */
type Question<Result> = (
  context: Context,
  watched: Experiment | null,
) => Outcome<Result>;

/** Where the official SDK was when it threw: in a rule, or in a feature's list of rules. */
interface Place {
  readonly feature: string;
  readonly rule: number | null;
}

function repair<Result>(
  context: Context,
  experiment: Experiment | null,
  question: Question<Result>,
): Repaired<Result> | null {
  let current = context;
  // Each rule goes in two steps; see `neutralized`.
  for (let removed = 0; removed < 100; removed++) {
    try {
      return { outcome: question(current, null), removed };
    } catch {
      const place = findOffender(current, experiment, question);
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
  const { parentConditions, ...rest } = Object(rule);
  return parentConditions && Object.keys(rest).length > 0
    ? { parentConditions }
    : {};
}

/** Finds the rule that is read last before the official SDK throws; null for the experiment. */
function findOffender<Result>(
  context: Context,
  experiment: Experiment | null,
  question: Question<Result>,
): Place | null {
  let last: Place | null = null;
  const features = Object.fromEntries(
    Object.entries(context.features ?? {}).map(([feature, definition]) => [
      feature,
      watchFeature(definition, (rule) => last = { feature, rule }),
    ]),
  );
  const watched = watchDeeply(experiment, () => last = null) as
    | Experiment
    | null;
  try {
    question({ ...context, features } as Context, watched);
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
  if (typeof value !== "object" || value === null || value instanceof RegExp) {
    return value;
  }
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
