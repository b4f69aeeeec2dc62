import type { JsonValue } from "../../../types/json.ts";
import { type FeatureSource, featureSources } from "../../../types/result.ts";
import {
  count,
  json,
  oneOf,
  type Shape,
  shapeOf,
  text,
} from "../field_rules.ts";
import type { NewEvent } from "../recorded_event.ts";

/**
 * Evaluations were counted.
 *
 * @example
 * ```ts
 * import { parseEvent, type FeatureEvaluatedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: FeatureEvaluatedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "feature.evaluated",
 *   version: 1,
 *   data: { featureKey: "cta", value: "Buy", source: "force", ruleId: "fr_1", count: 3 },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type FeatureEvaluatedEvent = NewEvent<
  "feature.evaluated",
  FeatureEvaluatedData
>;

/** How often a feature was evaluated to a value by a rule, since the last such count. */
export interface FeatureEvaluatedData {
  /** The key of the feature. */
  readonly featureKey: string;
  /** The value. */
  readonly value: JsonValue;
  /** Where the value came from. */
  readonly source: FeatureSource;
  /** The rule; `""` where none decided. */
  readonly ruleId: string;
  /** How often. */
  readonly count: number;
}

/** What the data of such an event has to be. */
export const featureEvaluatedShape: Shape<FeatureEvaluatedData> =
  /* @__PURE__ */ shapeOf<
    FeatureEvaluatedData
  >({
    featureKey: text,
    value: json,
    source: /* @__PURE__ */ oneOf(featureSources),
    ruleId: text,
    count,
  });
