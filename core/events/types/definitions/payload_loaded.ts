import type { Payload } from "../../../types/payload.ts";
import type { PayloadIssue } from "../../../types/payload_issue.ts";
import {
  optional,
  record,
  records,
  type Shape,
  shapeOf,
  text,
  textOrNull,
  texts,
} from "../field_rules.ts";
import type { NewEvent } from "../recorded_event.ts";

/**
 * A payload came and differs from the last one.
 *
 * @example
 * ```ts
 * import { parseEvent, type PayloadLoadedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: PayloadLoadedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "payload.loaded",
 *   version: 1,
 *   data: {
 *     digest: "ede6943ac77ee817",
 *     dateUpdated: "2025-10-09T08:53:20Z",
 *     changed: ["cta"],
 *     issues: [],
 *   },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type PayloadLoadedEvent = NewEvent<"payload.loaded", PayloadLoadedData>;

/** A payload that came and differs from the last one. */
export interface PayloadLoadedData {
  /** The digest of the payload. */
  readonly digest: string;
  /** When the payload was made, as the server says; null where it doesn't. */
  readonly dateUpdated: string | null;
  /** The keys of the features that it changes, adds or removes. */
  readonly changed: readonly string[];
  /** What is wrong with it. */
  readonly issues: readonly PayloadIssue[];
  /** The payload itself, where it is to be kept; once for each digest. */
  readonly payload?: Payload;
}

/** What the data of such an event has to be. */
export const payloadLoadedShape: Shape<PayloadLoadedData> =
  /* @__PURE__ */ shapeOf<
    PayloadLoadedData
  >({
    digest: text,
    dateUpdated: textOrNull,
    changed: texts,
    issues: records,
    payload: /* @__PURE__ */ optional(record),
  });
