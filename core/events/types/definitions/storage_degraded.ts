import { type Shape, shapeOf, text } from "../field_rules.ts";
import type { NewEvent } from "../recorded_event.ts";

/**
 * A store can't be used for now.
 *
 * @example
 * ```ts
 * import { parseEvent, type StorageDegradedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: StorageDegradedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "storage.degraded",
 *   version: 1,
 *   data: { code: "full", message: "the disk is full" },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type StorageDegradedEvent = NewEvent<
  "storage.degraded",
  StorageDegradedData
>;

/** A store that can't be used for now. */
export interface StorageDegradedData {
  /** What is wrong, such as `"full"`: one of `storageCodes` of `@growthstream/sdk/sqlite`. */
  readonly code: string;
  /** The same for people, without secrets. */
  readonly message: string;
}

/** What the data of such an event has to be. */
export const storageDegradedShape: Shape<StorageDegradedData> =
  /* @__PURE__ */ shapeOf<
    StorageDegradedData
  >({
    code: text,
    message: text,
  });
