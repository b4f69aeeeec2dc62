import { longestRetryAfter } from "./longest_retry_after.ts";

/** How the wait between attempts grows; times in milliseconds. */
interface Backoff {
  /** The limit after the first failure; it doubles with each. */
  readonly first: number;
  /** The highest limit. */
  readonly longest: number;
  /** The share of the limit that is waited in any case; the rest is left to chance. */
  readonly certain: number;
}

// Chance keeps clients that failed together from coming back together.
// Source: "full jitter" and "equal jitter" in Marc Brooker, Exponential Backoff And Jitter, AWS
// Architecture Blog 2015.
const delivery: Backoff = { first: 500, longest: 30_000, certain: 0 };
const link: Backoff = { first: 1_000, longest: 30_000, certain: 0.5 };
const change: Backoff = { first: 1_000, longest: 10_000, certain: 0.5 };

/** The longest wait of a link after a failure, unless the server asks for more. */
export const longestLinkDelay: number = link.longest;

/**
 * How long a delivery, and what is written to a store, waits for its next attempt, in milliseconds, once
 * `failures` attempts in a row, 1 or more, have failed: anything up to 0.5 s, doubling to 30 s.
 * `random` gives numbers from 0 up to but not including 1.
 *
 * @example
 * ```ts
 * import { deliveryDelay } from "./backoff.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(deliveryDelay(3, () => 0.5), 1000);
 * ```
 */
export function deliveryDelay(failures: number, random: () => number): number {
  return delayOf(delivery, failures, random());
}

/**
 * How long a link to a server waits after a number of failures in a row, 1 or more: 1 s doubling to
 * 30 s, of which the second half is left to `chance`, a number from 0 up to but not including 1; or as
 * long as the server asks, an hour at most.
 *
 * @example
 * ```ts
 * import { linkDelay } from "./backoff.ts";
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
  const delay = Math.round(delayOf(link, failures, chance));
  return Math.max(delay, Math.min(retryAfter ?? 0, longestRetryAfter));
}

/**
 * How long a link waits before it asks about a change, after a number of them that were none: not at all
 * at first, then 1 s doubling to 10 s, of which the second half is left to chance.
 */
export function changeDelay(falseChanges: number, chance: number): number {
  return falseChanges === 0
    ? 0
    : Math.round(delayOf(change, falseChanges, chance));
}

/** How long a link waits for its next regular request: a tenth of the interval is left to chance. */
export function pollDelay(interval: number, chance: number): number {
  return Math.round(interval * (0.9 + chance / 10));
}

function delayOf(
  { first, longest, certain }: Backoff,
  failures: number,
  chance: number,
): number {
  const limit = Math.min(longest, first * 2 ** (failures - 1));
  return limit * (certain + (1 - certain) * chance);
}
