import { showValue } from "../../core/payload/read/show_value.ts";
import type { Payload } from "../../core/types/payload.ts";
import type { PayloadIssue } from "../../core/types/payload_issue.ts";

/** How far ahead of the clock here a server's clock may be, in milliseconds. */
const longestLead = 600_000;

/** Nothing is older: GrowthBook's first release came later. A clock that says less was never set. */
const earliest = /* @__PURE__ */ Date.UTC(2020);

/** What is believed where the clock here was never set. */
const latest = /* @__PURE__ */ Date.UTC(2100);

/**
 * Gives how much later one payload was updated than another, in milliseconds; negative where it was
 * earlier. `NaN` where one of them has no date that can be believed: one before 2020, or more than ten
 * minutes after `now`, the time in milliseconds since 1970. By such a date, a payload would keep out
 * all that come after it.
 *
 * @example
 * ```ts
 * import { dateDifference } from "./payload_date.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const now = Date.parse("2026-02-01T00:00:00Z");
 * const one = { features: {}, dateUpdated: "2026-01-01T00:00:00Z" };
 * const two = { features: {}, dateUpdated: "2026-01-01T00:00:01Z" };
 * const far = { features: {}, dateUpdated: "2999-01-01T00:00:00Z" };
 * assertEquals(dateDifference(two, one, now), 1000);
 * assertEquals(dateDifference(one, far, now), NaN);
 * ```
 */
export function dateDifference(
  payload: Payload,
  other: Payload | null,
  now: number,
): number {
  return readDate(payload, now) - readDate(other, now);
}

/** Says that the date of a payload can't be believed; null where it can, or there is none. */
export function dateIssue(payload: Payload, now: number): PayloadIssue | null {
  const { dateUpdated } = payload;
  if (dateUpdated === undefined || !Number.isNaN(readDate(payload, now))) {
    return null;
  }
  return {
    path: "/dateUpdated",
    code: "wrong-date",
    severity: "warning",
    message:
      `Cannot order the payload by its date, which is not one near the current time: the current value is ${
        showValue(dateUpdated)
      }`,
  };
}

function readDate(payload: Payload | null, now: number): number {
  const date = Date.parse(payload?.dateUpdated ?? "");
  const end = now < earliest ? latest : now + longestLead;
  return date >= earliest && date <= end ? date : NaN;
}
