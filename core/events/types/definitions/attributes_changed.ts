import type { Attributes } from "../../../types/attributes.ts";
import { record, type Shape, shapeOf } from "../field_rules.ts";
import type { NewEvent } from "../recorded_event.ts";

/**
 * The attributes changed.
 *
 * @example
 * ```ts
 * import { parseEvent, type AttributesChangedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: AttributesChangedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "attributes.changed",
 *   version: 1,
 *   data: { attributes: { id: "7" } },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type AttributesChangedEvent = NewEvent<
  "attributes.changed",
  AttributesChangedData
>;

/** The attributes that a client was given. */
export interface AttributesChangedData {
  /** All attributes, as they are now. */
  readonly attributes: Attributes;
}

/** What the data of such an event has to be. */
export const attributesChangedShape: Shape<AttributesChangedData> =
  /* @__PURE__ */ shapeOf<
    AttributesChangedData
  >({ attributes: record });
