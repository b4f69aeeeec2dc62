import {
  count,
  integersByName,
  oneOf,
  type Shape,
  shapeOf,
  textOrNull,
} from "../field_rules.ts";
import type { NewEvent } from "../recorded_event.ts";

/**
 * Events were given up.
 *
 * @example
 * ```ts
 * import { parseEvent, type EventsDroppedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: EventsDroppedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "events.dropped",
 *   version: 1,
 *   data: { reason: "age", count: 3, types: { custom: 3 }, consumer: "tracking" },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type EventsDroppedEvent = NewEvent<"events.dropped", EventsDroppedData>;

/** Why events were given up. */
export const dropReasons = [
  "overflow",
  "bytes",
  "age",
  "pruned",
  "closed",
  "invalid",
] as const;

/**
 * Why events were given up: too many, too large, too old, removed on demand, the log was closed, or
 * they were not JSON.
 */
export type DropReason = typeof dropReasons[number];

/** Events that were given up. */
export interface EventsDroppedData {
  /** Why. */
  readonly reason: DropReason;
  /** How many. */
  readonly count: number;
  /** How many of each type; of more than 100 types, the rest together under `"other"`. */
  readonly types: { readonly [type: string]: number };
  /** The consumer that will not get them; null where they never reached the store. */
  readonly consumer: string | null;
}

/** What the data of such an event has to be. */
export const eventsDroppedShape: Shape<EventsDroppedData> =
  /* @__PURE__ */ shapeOf<
    EventsDroppedData
  >({
    reason: /* @__PURE__ */ oneOf(dropReasons),
    count,
    types: integersByName,
    consumer: textOrNull,
  });
