/** The shortest wait after a failure, before chance, in milliseconds. */
export const firstDelay = 1_000;

/** The longest wait after a failure, unless the server asks for more. */
export const longestDelay = 30_000;

/** The longest that a server may ask to be left alone. */
export const longestRetryAfter = 3_600_000;

/** A connection that stood this long was of use, and what failed before it is forgotten. */
export const usefulLife = 10_000;

/** So many failures within `failureSpan` make asking take over from a connection. */
export const failureLimit = 5;

/** The span in which failures of connections are counted. */
export const failureSpan = 60_000;

/** The longest wait before asking once more about changes that keep turning out to be none. */
const longestChangeDelay = 10_000;

/**
 * How long to wait after a number of failures in a row, 1 or more: 1 s doubling to 30 s, of which
 * the second half is left to chance, so that many who failed together don't come back together.
 *
 * Source: "equal jitter" in Marc Brooker, Exponential Backoff And Jitter, AWS Architecture Blog 2015.
 *
 * @example
 * ```ts ignore
 * retryDelay(3, 0.5); // 3000
 * ```
 */
export function retryDelay(
  failures: number,
  chance: number,
  retryAfter: number | null = null,
): number {
  const limit = Math.min(longestDelay, firstDelay * 2 ** (failures - 1));
  const delay = Math.round(limit * (0.5 + chance / 2));
  return Math.max(delay, Math.min(retryAfter ?? 0, longestRetryAfter));
}

/** How long to wait before asking about a change, after a number of them that were none. */
export function changeDelay(falseChanges: number, chance: number): number {
  return falseChanges === 0
    ? 0
    : Math.min(longestChangeDelay, retryDelay(falseChanges, chance));
}

/** How long to wait for the next regular request: a tenth of the interval is left to chance. */
export function pollDelay(interval: number, chance: number): number {
  return Math.round(interval * (0.9 + chance / 10));
}
