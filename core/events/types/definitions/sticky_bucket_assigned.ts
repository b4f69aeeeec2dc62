import type { StickyAssignments } from "../../../types/sticky_bucket.ts";
import { type Shape, shapeOf, text, textsByName } from "../field_rules.ts";
import type { NewEvent } from "../recorded_event.ts";

/**
 * A user got a variation to keep.
 *
 * @example
 * ```ts
 * import { parseEvent, type StickyBucketAssignedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: StickyBucketAssignedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "sticky-bucket.assigned",
 *   version: 1,
 *   data: { attributeName: "id", attributeValue: "7", assignments: { cta__0: "1" } },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type StickyBucketAssignedEvent = NewEvent<
  "sticky-bucket.assigned",
  StickyBucketAssignedData
>;

/** What is known of an assignment to keep. */
export interface StickyBucketAssignedData {
  /** The attribute that identifies the user. */
  readonly attributeName: string;
  /** Its value, as a text. */
  readonly attributeValue: string;
  /** The assignments that are new or changed, by `experimentKey__bucketVersion`. */
  readonly assignments: StickyAssignments;
}

/** What the data of such an event has to be. */
export const stickyBucketAssignedShape: Shape<StickyBucketAssignedData> =
  /* @__PURE__ */ shapeOf<
    StickyBucketAssignedData
  >({
    attributeName: text,
    attributeValue: text,
    assignments: textsByName,
  });
