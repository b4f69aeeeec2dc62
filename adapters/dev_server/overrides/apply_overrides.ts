import type { FeatureDefinition } from "../../../core/types/feature.ts";
import type { JsonValue } from "../../../core/types/json.ts";
import type { Payload } from "../../../core/types/payload.ts";

/** Values that features have in place of what their rules say, by key. */
export interface Overrides {
  /** The value of a feature. */
  readonly [key: string]: JsonValue;
}

/** The id of the rule that gives an override, as results and explanations name it. */
const overrideRuleId = "local-override";

/**
 * Gives a payload in which some features have a fixed value for every user, by a rule of their own.
 * Those that the payload has not are added. The payload is not changed.
 *
 * @example
 * ```ts
 * import { applyOverrides } from "./apply_overrides.ts";
 * import { isOn } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const payload = applyOverrides({ features: { chat: { defaultValue: false } } }, { chat: true });
 * assertEquals(isOn(payload, "chat"), true);
 * ```
 */
export function applyOverrides(
  payload: Payload,
  overrides: Overrides,
): Payload {
  const forced = Object.entries(overrides).map(([key, value]) =>
    [key, define(value)] as const
  );
  if (forced.length === 0) return payload;
  const features = Object.fromEntries([
    ...Object.entries(payload.features),
    ...forced,
  ]);
  return { ...payload, features };
}

function define(value: JsonValue): FeatureDefinition {
  return {
    defaultValue: value,
    rules: [{ id: overrideRuleId, force: value }],
  };
}
