import {
  type Context,
  evalFeature,
  type FeatureDefinition,
  type FeatureDefinitions,
  type ParentCondition,
} from "../../../mod.ts";

/** Asks for a parent that is true. */
export function wantsTrue(id: string, gate?: boolean): ParentCondition {
  return {
    id,
    condition: { value: true },
    ...(gate === undefined ? {} : { gate }),
  };
}

/** A feature whose value is `child` where its parents are as they should, and `default` elsewhere. */
export function childOf(
  ...parentConditions: readonly ParentCondition[]
): FeatureDefinition {
  return {
    defaultValue: "default",
    rules: [{ parentConditions, force: "child" }],
  };
}

/** The value and source of the feature `child`. */
export function child(
  features: FeatureDefinitions,
  context: Context = {},
): readonly unknown[] {
  const { value, source } = evalFeature({ ...context, features }, "child");
  return [value, source];
}

/** A feature that is on, whoever asks. */
export const on: FeatureDefinition = { defaultValue: true };
/** A feature that is off, whoever asks. */
export const off: FeatureDefinition = { defaultValue: false };

/** What `child` gives for a feature whose parents are as they should be. */
export const passed: readonly unknown[] = ["child", "force"];
/** What `child` gives for a feature whose rule is skipped. */
export const skipped: readonly unknown[] = ["default", "defaultValue"];
/** What `child` gives for a feature behind a closed gate. */
export const gated: readonly unknown[] = [null, "prerequisite"];
/** What `child` gives for a feature in a circle. */
export const cyclic: readonly unknown[] = [null, "cyclicPrerequisite"];

/** A feature, or features, and what `child` gives. */
export type PrerequisiteRow = readonly [
  fact: string,
  features: FeatureDefinitions,
  expected: readonly unknown[],
];
