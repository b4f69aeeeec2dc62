import type { JsonValue } from "../../../types/json.ts";
import { flag, json, type Shape, shapeOf, text } from "../field_rules.ts";
import type { NewEvent } from "../recorded_event.ts";

/**
 * A page was rendered on a server with another value than its client decides on.
 *
 * @example
 * ```ts
 * import { type HydrationMismatchedEvent, parseEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: HydrationMismatchedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "hydration.mismatched",
 *   version: 1,
 *   data: { key: "cta", rendered: "Buy", decided: "Order", isSamePayload: true },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type HydrationMismatchedEvent = NewEvent<
  "hydration.mismatched",
  HydrationMismatchedData
>;

/** A feature that a server's page shows otherwise. */
export interface HydrationMismatchedData {
  /** The key of the feature. */
  readonly key: string;
  /** The value in the page. */
  readonly rendered: JsonValue;
  /** The value that the client decides on. */
  readonly decided: JsonValue;
  /**
   * Whether both went by the same payload: then the client knows another user than the server did, such
   * as one without an attribute. Otherwise the payload changed meanwhile.
   */
  readonly isSamePayload: boolean;
}

/** What the data of such an event has to be. */
export const hydrationMismatchedShape: Shape<HydrationMismatchedData> =
  /* @__PURE__ */ shapeOf<
    HydrationMismatchedData
  >({ key: text, rendered: json, decided: json, isSamePayload: flag });
