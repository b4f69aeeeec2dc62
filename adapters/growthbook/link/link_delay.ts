import { longestRetryAfter } from "../../support/time/longest_retry_after.ts";

/** The limit of the wait after the first failure, in milliseconds; it doubles with each. */
const firstLimit = 1_000;

/** The longest wait after a failure, in milliseconds, unless the server asks for more. */
export const longestLinkDelay = 30_000;

/** The longest wait before asking about a change, in milliseconds. */
const longestChangeDelay = 10_000;

/**
 * How long a link to a server waits after a number of failures in a row, 1 or more: 1 s doubling to
 * 30 s, of which the second half is left to `chance`, a number from 0 up to but not including 1; or as
 * long as the server asks, an hour at most.
 *
 * @example
 * ```ts
 * import { linkDelay } from "./link_delay.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(linkDelay(3, 0.5), 3000);
 * assertEquals(linkDelay(3, 0.5, 60_000), 60_000);
 * ```
 */
export function linkDelay(
  failures: number,
  chance: number,
  retryAfter: number | null = null,
): number {
  const asked = Math.min(retryAfter ?? 0, longestRetryAfter);
  return Math.max(asked, delayOf(failures, longestLinkDelay, chance));
}

/**
 * How long a link waits before it asks about a change, after a number of them that were none: not at all
 * at first, then 1 s doubling to 10 s, of which the second half is left to chance.
 */
export function changeDelay(falseChanges: number, chance: number): number {
  return falseChanges === 0
    ? 0
    : delayOf(falseChanges, longestChangeDelay, chance);
}

// Source: "equal jitter" in Marc Brooker, Exponential Backoff And Jitter, AWS Architecture Blog 2015.
function delayOf(failures: number, longest: number, chance: number): number {
  const limit = Math.min(longest, firstLimit * 2 ** (failures - 1));
  return Math.round(limit * (1 + chance) / 2);
}
