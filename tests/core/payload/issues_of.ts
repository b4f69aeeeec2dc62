import { lintPayload } from "../../../core/lint/mod.ts";

/** The issues of a payload, each as its code and path: `weights-sum /features/a/rules/0/weights`. */
export function issuesOf(input: unknown): readonly string[] {
  return lintPayload(input).map(({ code, path }) => `${code} ${path}`);
}

/** A payload with a single feature, which has a single rule. */
export function withRule(rule: unknown, others: object = {}): object {
  return { status: 200, features: { f: { rules: [rule] } }, ...others };
}

/** A payload with a single condition. */
export function withCondition(condition: unknown, others: object = {}): object {
  return withRule({ condition, force: 1 }, others);
}

/** A payload with a single auto experiment, which changes the page unless it is told otherwise. */
export function withExperiment(experiment: object): object {
  const variations = [{}, { css: "a" }];
  return {
    status: 200,
    features: {},
    experiments: [{ key: "e", variations, ...experiment }],
  };
}

/** The path of the only rule of `withRule`. */
export const rulePath = "/features/f/rules/0";

/** The path of the only condition of `withCondition`. */
export const conditionPath = "/features/f/rules/0/condition";
