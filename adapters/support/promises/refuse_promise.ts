import { isThenable } from "./is_thenable.ts";

/**
 * Refuses a promise where a function of the options has to answer at once: with a `TypeError`, since it counts
 * for nothing. What it rejects with is dropped, because an error that nobody catches ends the process.
 *
 * @example
 * ```ts
 * import { refusePromise } from "./refuse_promise.ts";
 * import { assertThrows } from "@std/assert";
 *
 * refusePromise("consent", true);
 * assertThrows(
 *   () => refusePromise("consent", Promise.reject(new Error("No session"))),
 *   TypeError,
 *   "Cannot use what consent gave: it has to answer at once, and the current value is a promise",
 * );
 * ```
 */
export function refusePromise(name: string, value: unknown): void {
  if (!isThenable(value)) return;
  Promise.resolve(value).catch(() => {});
  throw new TypeError(
    `Cannot use what ${name} gave: it has to answer at once, and the current value is a promise`,
  );
}
