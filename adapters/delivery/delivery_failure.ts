import { longestRetryAfter } from "../support/time/longest_retry_after.ts";

/** What is to be done about events that a handler could not take. */
export const failureKinds = [
  "retry",
  "reject",
  "pause",
  "busy",
  "split",
] as const;

/** What is to be done about events that a handler could not take; see {@linkcode failureOf}. */
export type FailureKind = typeof failureKinds[number];

/** What a handler's error says of what is to be done. */
export interface DeliveryFailure {
  /**
   * - `retry`: try the events again later
   * - `reject`: trying again is of no use. A batch is split to find the events that are to blame, and
   *   those are parked
   * - `pause`: nothing can be delivered until the application resumes
   * - `busy`: the destination takes nothing for now, whatever the events are; such an attempt never
   *   counts
   * - `split`: the batch is too large, or one of its events is to blame and it is not known which; it
   *   is halved, and an event that is alone is parked
   */
  readonly kind: FailureKind;
  /** How long to wait before the next attempt, in milliseconds, at most an hour; null to decide. */
  readonly retryAfter: number | null;
  /** What the error says, at most 1,000 characters of it. */
  readonly message: string;
  /** Whether the size of the batch is to blame: later ones are smaller. */
  readonly isTooLarge?: boolean;
}

const longestMessage = 1000;

/**
 * Reads what a handler threw. An error may have a `delivery` of its own, one of `retry`, `reject`,
 * `pause`, `busy` and `split`, and a `retryAfter` in milliseconds; anything else is to be tried again.
 *
 * @example
 * ```ts
 * import { failureOf } from "./delivery_failure.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const busy = Object.assign(new Error("Busy"), { retryAfter: 2000 });
 * assertEquals(failureOf(busy), { kind: "retry", retryAfter: 2000, message: "Busy" });
 * ```
 */
export function failureOf(error: unknown): DeliveryFailure {
  try {
    return readFailure(error);
  } catch {
    // Its getters throw, or it can't be made a text.
    return { kind: "retry", retryAfter: null, message: "Unknown error" };
  }
}

function readFailure(error: unknown): DeliveryFailure {
  const { delivery, retryAfter, message, isTooLarge } = Object(error) as {
    readonly delivery?: unknown;
    readonly isTooLarge?: unknown;
    readonly retryAfter?: unknown;
    readonly message?: unknown;
  };
  const text = typeof message === "string" ? message : String(error);
  return {
    kind: failureKinds.find((kind) => kind === delivery) ?? "retry",
    retryAfter: typeof retryAfter === "number" && retryAfter >= 0
      ? Math.min(retryAfter, longestRetryAfter)
      : null,
    message: text.slice(0, longestMessage),
    ...(isTooLarge === true ? { isTooLarge } : {}),
  };
}
