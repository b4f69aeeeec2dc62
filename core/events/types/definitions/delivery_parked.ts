import { count, positive, type Shape, shapeOf, text } from "../field_rules.ts";
import type { NewEvent } from "../recorded_event.ts";

/**
 * A consumer refused an event for good.
 *
 * @example
 * ```ts
 * import { parseEvent, type DeliveryParkedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: DeliveryParkedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "delivery.parked",
 *   version: 1,
 *   data: {
 *     consumer: "tracking",
 *     eventId: "0199b2c4-6c00-7000-8000-000000000000",
 *     eventPosition: 41,
 *     attempts: 1,
 *     message: "400 Bad Request",
 *   },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type DeliveryParkedEvent = NewEvent<
  "delivery.parked",
  DeliveryParkedData
>;

/** An event that a consumer refused for good. */
export interface DeliveryParkedData {
  /** The name of the consumer. */
  readonly consumer: string;
  /** The id of the event. */
  readonly eventId: string;
  /** Its position. */
  readonly eventPosition: number;
  /** How often it was tried. */
  readonly attempts: number;
  /** What the consumer said, without secrets. */
  readonly message: string;
}

/** What the data of such an event has to be. */
export const deliveryParkedShape: Shape<DeliveryParkedData> =
  /* @__PURE__ */ shapeOf<
    DeliveryParkedData
  >({
    consumer: text,
    eventId: text,
    eventPosition: positive,
    attempts: count,
    message: text,
  });
