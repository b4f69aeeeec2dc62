import { decideFeature } from "../../core/decide/decide_feature.ts";
import type { Context } from "../../core/types/context.ts";
import type { DecisionEvent } from "../../core/types/decision_event.ts";
import type {
  FeatureDefinition,
  FeatureDefinitions,
  FeatureRule,
  TrackedExposure,
} from "../../core/types/feature.ts";
import type { JsonValue } from "../../core/types/json.ts";

/**
 * Evaluates all features for one user, and gives definitions that say nothing but the outcome:
 * each has its value as the default value, and where the decision exposes the user to experiments,
 * as the forced value of a rule that tracks these. No condition, weight or value that is meant for
 * others is part of them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const features = { cta: { rules: [{ condition: { vip: true }, force: "Welcome" }] } };
 * assertEquals(evaluateRemotely({ features, attributes: { vip: true } }), {
 *   cta: { defaultValue: "Welcome" },
 * });
 * ```
 */
export function evaluateRemotely(context: Context): FeatureDefinitions {
  const keys = Object.keys(context.features ?? {});
  return Object.fromEntries(
    keys.map((key) => [key, evaluateOne(context, key)]),
  );
}

function evaluateOne(context: Context, key: string): FeatureDefinition {
  const { result, events } = decideFeature(context, key);
  const value = result.value as JsonValue;
  const tracks = events.flatMap(trackEvent);
  if (tracks.length === 0) return { defaultValue: value };
  const rule: FeatureRule = {
    ...(result.ruleId === undefined || result.ruleId === ""
      ? {}
      : { id: result.ruleId }),
    force: value,
    tracks,
  };
  return { defaultValue: value, rules: [rule] };
}

function trackEvent(event: DecisionEvent): readonly TrackedExposure[] {
  if (event.type !== "experiment.viewed") return [];
  const { key, name, phase, hashAttribute, hashVersion, variations } =
    event.experiment;
  const experiment = {
    key,
    // How many there are is told, what is in them is not.
    variations: variations.map(() => null),
    ...(name === undefined ? {} : { name }),
    ...(phase === undefined ? {} : { phase }),
    ...(hashAttribute === undefined ? {} : { hashAttribute }),
    ...(hashVersion === undefined ? {} : { hashVersion }),
  };
  return [{ experiment, result: event.result }];
}
