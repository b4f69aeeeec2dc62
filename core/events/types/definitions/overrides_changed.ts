import type { JsonValue } from "../../../types/json.ts";
import {
  integersByName,
  optional,
  record,
  type Shape,
  shapeOf,
} from "../field_rules.ts";
import type { NewEvent } from "../recorded_event.ts";

/**
 * What is forced changed.
 *
 * @example
 * ```ts
 * import { parseEvent, type OverridesChangedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: OverridesChangedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "overrides.changed",
 *   version: 1,
 *   data: { forcedVariations: { cta: 1 } },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type OverridesChangedEvent = NewEvent<
  "overrides.changed",
  OverridesChangedData
>;

/** What a client was told to force. What is absent is unchanged. */
export interface OverridesChangedData {
  /** Variation indices by experiment key. */
  readonly forcedVariations?: { readonly [experimentKey: string]: number };
  /** Values by feature key. */
  readonly forcedFeatureValues?: { readonly [featureKey: string]: JsonValue };
}

/** What the data of such an event has to be. */
export const overridesChangedShape: Shape<OverridesChangedData> =
  /* @__PURE__ */ shapeOf<
    OverridesChangedData
  >({
    forcedVariations: /* @__PURE__ */ optional(integersByName),
    forcedFeatureValues: /* @__PURE__ */ optional(record),
  });
