import type { Clock } from "./clock.ts";

/**
 * Waits for a promise, but no longer than a time in milliseconds. True where the promise was fulfilled in
 * time. The timer does not outlive it. Rejects where the promise does.
 */
export function within(
  promise: Promise<unknown>,
  timeout: number,
  clock: Clock,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const cancel = clock.setTimer(() => resolve(false), timeout);
    promise.then(() => resolve(true), reject).finally(cancel);
  });
}
