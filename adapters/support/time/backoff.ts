/** The limit of the wait after the first failure, in milliseconds; it doubles with each. */
const firstLimit = 500;

/** The highest limit, in milliseconds. */
const longestLimit = 30_000;

/**
 * How long a delivery, and what is written to a store, waits for its next attempt, in milliseconds, once
 * `failures` attempts in a row, 1 or more, have failed: anything up to 0.5 s, doubling to 30 s.
 * `random` gives numbers from 0 up to but not including 1. Chance keeps clients that failed together from
 * coming back together.
 *
 * Source: "full jitter" in Marc Brooker, Exponential Backoff And Jitter, AWS Architecture Blog 2015.
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
  return Math.min(longestLimit, firstLimit * 2 ** (failures - 1)) * random();
}
