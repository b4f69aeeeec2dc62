/** How long to wait between attempts. */
export interface BackoffLimits {
  /** The longest wait after the first failure, in milliseconds; default 500. */
  readonly first?: number;
  /** The longest wait ever, in milliseconds; default 30,000. */
  readonly longest?: number;
}

/**
 * How long to wait before the next attempt, in milliseconds, once `failures` attempts in a row, 1 or
 * more, have failed. `random` gives numbers from 0 up to but not including 1.
 *
 * The limit doubles with each failure, and the wait is evenly spread between 0 and the limit, so
 * that many who failed together do not come back together.
 *
 * Source: "full jitter" in Marc Brooker, Exponential Backoff And Jitter, AWS Architecture Blog 2015.
 *
 * @example
 * ```ts ignore
 * backoffDelay(3, () => 0.5); // 1000
 * ```
 */
export function backoffDelay(
  failures: number,
  random: () => number,
  { first = 500, longest = 30_000 }: BackoffLimits = {},
): number {
  return random() * Math.min(longest, first * 2 ** (failures - 1));
}
