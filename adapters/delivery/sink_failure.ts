/** An error that says what is to be done about the events of a request. */
export interface SinkFailure extends Error {
  /**
   * - `busy`: the service takes nothing for now (429, 5xx, no answer); never counts as an attempt
   * - `pause`: it takes nothing until something is changed (401, 403)
   * - `split`: one of the events is to blame, and it did not say which (400), or there are too many
   *   (413): the batch is halved
   * - `reject`: it refuses all of these events for good
   */
  readonly delivery: "busy" | "pause" | "split" | "reject";
  /** When the service wants to be asked again, in milliseconds from now; null where it doesn't say. */
  readonly retryAfter: number | null;
  /** Whether the size of the request is to blame: later ones are smaller. */
  readonly isTooLarge: boolean;
}

/** What is known of an answer that is no success. */
export interface FailedAnswer {
  /** The status of the answer, such as 503. */
  readonly status: number;
  /** Its `Retry-After` in milliseconds, at most an hour counts; null where it has none. */
  readonly retryAfter?: number | null;
  /** What the service said, without secrets. */
  readonly message?: string;
}

/**
 * Makes the error that tells an engine what the status of an HTTP answer means: 401 and 403 pause the
 * sink, 413 halves the batch and later ones, 408, 425, 429 and 5xx ask for patience, and any other
 * status, such as 400, says that an event is to blame.
 *
 * @example
 * ```ts
 * import { sinkFailure } from "./sink_failure.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(sinkFailure({ status: 429, retryAfter: 2000 }).delivery, "busy");
 * assertEquals(sinkFailure({ status: 403 }).delivery, "pause");
 * assertEquals(sinkFailure({ status: 400, message: "no name" }).message, "400: no name");
 * ```
 */
export function sinkFailure(
  { status, retryAfter = null, message }: FailedAnswer,
): SinkFailure {
  const text = message === undefined || message === ""
    ? String(status)
    : `${status}: ${message}`;
  return Object.assign(new Error(text), {
    delivery: deliveryOf(status),
    retryAfter,
    isTooLarge: status === 413,
  });
}

function deliveryOf(status: number): SinkFailure["delivery"] {
  if (status === 401 || status === 403) return "pause";
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    return "busy";
  }
  return "split";
}
