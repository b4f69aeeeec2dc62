import { hash } from "../../../core/hash/hash.ts";
import type { FeatureDefinition } from "../../../core/types/feature.ts";
import type { JsonValue } from "../../../core/types/json.ts";
import type { FeatureResult } from "../../../core/types/result.ts";

/**
 * Gives a definition by which any client decides what was decided, by the same rule and with the same
 * exposure. Another user gets the value without the exposure. It names no condition, no weight, no group
 * and no other variation's value. Null for a feature that does not exist.
 *
 * A value that was forced from outside looks like one of a rule, and so does one of an experiment whose
 * variation was forced, since neither is an exposure.
 */
export function describeDecision(
  key: string,
  result: FeatureResult,
): FeatureDefinition | null {
  const { source, value, ruleId } = result;
  const rule = ruleId === "" ? {} : { id: ruleId };
  switch (source) {
    case "unknownFeature":
      return null;
    case "defaultValue":
      return { defaultValue: value };
    case "prerequisite":
    case "cyclicPrerequisite": {
      // A parent that does not exist, or that is the feature itself.
      const id = source === "prerequisite" ? "" : key;
      const condition = { value: true };
      return {
        rules: [{ ...rule, parentConditions: [{ id, condition, gate: true }] }],
      };
    }
    default:
      return result.experimentResult?.hashUsed === true
        ? describeExperiment(rule, result)
        : { defaultValue: value, rules: [{ ...rule, force: value }] };
  }
}

function describeExperiment(
  rule: object,
  { value, experiment, experimentResult }: FeatureResult,
): FeatureDefinition {
  const { key, name, hashAttribute, hashValue, variationId } =
    experimentResult!;
  const { phase, name: title } = experiment!;
  // One bucket of 10,000: it tells the user from another one, and nobody who it is.
  const start = hash(experiment!.key, String(hashValue), 2) ?? 0;
  // An experiment has two variations at least.
  const length = Math.max(variationId + 1, 2);
  const each = <Part>(own: Part, other: Part) =>
    Array.from(
      { length },
      (_, index) => index === variationId ? own : other,
    );
  return {
    defaultValue: value,
    rules: [{
      ...rule,
      key: experiment!.key,
      ...(phase === undefined ? {} : { phase }),
      ...(title === undefined ? {} : { name: title }),
      hashAttribute,
      hashVersion: 2,
      disableStickyBucketing: true,
      variations: each<JsonValue>(value, null),
      ranges: each<readonly [number, number]>([start, start + 0.00005], [0, 0]),
      meta: each<object>({ key, ...(name === undefined ? {} : { name }) }, {}),
    }],
  };
}
