import type { Attributes } from "../../../../core/types/attributes.ts";
import type { Experiment } from "../../../../core/types/experiment.ts";
import type { ExperimentResult } from "../../../../core/types/result.ts";

/** The user that an exposure is about. */
export interface ExposedUser {
  /** What is known of the user: everything, or what the log kept where a restart lies between. */
  readonly attributes: Attributes;
  /** The URL; absent where the log didn't keep it. */
  readonly url?: string;
}

/** What a tracking callback is told of a call. */
export interface TrackingInfo {
  /** The id of the exposure: the same each time it is delivered. */
  readonly id: string;
  /** When it happened, in milliseconds since 1970. */
  readonly time: number;
  /** How often the callback was called with it, this time included. */
  readonly attempt: number;
  /**
   * Whether it comes from the log, after a restart or from a client that is gone. The user is then
   * what `recordUser` kept, and the value is null unless the payload is still the one that decided.
   */
  readonly isRebuilt: boolean;
  /**
   * Is aborted when the call is no longer waited for: it took longer than 30 seconds, the client was
   * closed, or another one delivers the exposure now.
   */
  readonly signal: AbortSignal;
}

/**
 * Is called with an exposure: an experiment and what came of it, as the official SDK does it. Sixteen
 * calls may be open at once. When it throws, or its promise rejects, it is called again after a while,
 * unless the error has a `delivery` that says otherwise: `"reject"` gives the exposure up (it is
 * parked where there is a store), `"pause"` stops all calls until `resumeTracking`. A `retryAfter` in
 * milliseconds says how long to wait.
 */
export type TrackingCallback = (
  experiment: Experiment,
  result: ExperimentResult,
  user: ExposedUser,
  info: TrackingInfo,
) => unknown;
