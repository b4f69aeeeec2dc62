import { createEnding } from "../../../support/create_ending.ts";
import { isThenable } from "../../../support/promises/is_thenable.ts";
import type { Entry } from "../entry.ts";
import type { TrackingCall } from "./client_consumer.ts";

/** A first call of a tracking callback that did not take its exposure at once. An engine goes on with it. */
export interface BegunCall {
  /** What the call returned; it rejects where the call failed. */
  readonly answer: Promise<unknown>;
  /** Aborts its signal. */
  readonly abort: () => void;
}

/**
 * Calls a tracking callback with an exposure for the first time. Gives null where it took it at once, as most
 * do; otherwise the caller sees to the answer.
 */
export function beginCall(track: TrackingCall, entry: Entry): BegunCall | null {
  const { signal, end: abort } = createEnding();
  try {
    const result = track(entry, { attempt: 1, signal });
    return isThenable(result)
      ? { answer: Promise.resolve(result), abort }
      : null;
  } catch (error) {
    return { answer: Promise.reject(error), abort };
  }
}
