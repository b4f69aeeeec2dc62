import { type Shape, shapeOf, text } from "../field_rules.ts";
import type { NewEvent } from "../recorded_event.ts";

/**
 * The URL changed.
 *
 * @example
 * ```ts
 * import { parseEvent, type UrlChangedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: UrlChangedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "url.changed",
 *   version: 1,
 *   data: { url: "https://example.com/shop" },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type UrlChangedEvent = NewEvent<"url.changed", UrlChangedData>;

/** The URL that a client was given. */
export interface UrlChangedData {
  /** The URL. */
  readonly url: string;
}

/** What the data of such an event has to be. */
export const urlChangedShape: Shape<UrlChangedData> = /* @__PURE__ */ shapeOf<
  UrlChangedData
>({ url: text });
