import type { Attributes } from "../../../core/types/attributes.ts";
import type { Experiment } from "../../../core/types/experiment.ts";
import type { ExperimentResult } from "../../../core/types/result.ts";

/** The user that an exposure is about. */
export interface ExposedUser {
  /** What is known of the user: everything, or what the log kept where a restart lies between. */
  readonly attributes: Attributes;
  /** The URL; absent where the log didn't keep it. */
  readonly url?: string;
}

/**
 * Is called with an exposure: an experiment and what came of it, as the official SDK does it. When
 * it throws, or its promise rejects, it is called again after a while.
 */
export type TrackingCallback = (
  experiment: Experiment,
  result: ExperimentResult,
  user: ExposedUser,
) => unknown;
