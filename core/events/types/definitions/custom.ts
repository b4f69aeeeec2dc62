import type { JsonObject } from "../../../types/json.ts";
import { record, type Shape, shapeOf, text } from "../field_rules.ts";
import type { NewEvent } from "../recorded_event.ts";

/**
 * The application logged something.
 *
 * @example
 * ```ts
 * import { parseEvent, type CustomEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: CustomEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "custom",
 *   version: 1,
 *   data: { name: "purchase", properties: { amount: 12.5 } },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type CustomEvent = NewEvent<"custom", CustomData>;

/** Something that the application logged. */
export interface CustomData {
  /** What it is called. */
  readonly name: string;
  /** What the application said of it. */
  readonly properties: JsonObject;
}

/** What the data of such an event has to be. */
export const customShape: Shape<CustomData> = /* @__PURE__ */ shapeOf<
  CustomData
>({ name: text, properties: record });
