import type { PayloadIssue } from "../../../types/payload_issue.ts";
import { records, type Shape, shapeOf, text } from "../field_rules.ts";
import type { NewEvent } from "../recorded_event.ts";

/**
 * A source failed; the last good payload still serves.
 *
 * @example
 * ```ts
 * import { parseEvent, type SourceFailedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: SourceFailedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "source.failed",
 *   version: 1,
 *   data: { code: "timeout", message: "no answer in 5 s", issues: [] },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type SourceFailedEvent = NewEvent<"source.failed", SourceFailedData>;

/** A source that could not give a payload. */
export interface SourceFailedData {
  /** What went wrong. */
  readonly code: string;
  /** The same for people, without secrets. */
  readonly message: string;
  /** What is wrong with the payload that was refused; none where there was no payload. */
  readonly issues: readonly PayloadIssue[];
}

/** What the data of such an event has to be. */
export const sourceFailedShape: Shape<SourceFailedData> =
  /* @__PURE__ */ shapeOf<
    SourceFailedData
  >({
    code: text,
    message: text,
    issues: records,
  });
