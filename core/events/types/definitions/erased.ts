import { type Shape, shapeOf } from "../field_rules.ts";
import type { NewEvent } from "../recorded_event.ts";

/**
 * What is left of an event whose user was erased: its id, its time and its position.
 *
 * @example
 * ```ts
 * import { type ErasedEvent, parseEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: ErasedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "erased",
 *   version: 1,
 *   data: {},
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type ErasedEvent = NewEvent<"erased", ErasedData>;

/** Nothing. */
export type ErasedData = Readonly<Record<never, never>>;

/** What the data of such an event has to be. */
export const erasedShape: Shape<ErasedData> = /* @__PURE__ */ shapeOf<
  ErasedData
>({});
