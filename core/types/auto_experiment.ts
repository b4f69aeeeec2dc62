import type { Experiment } from "./experiment.ts";
import type { JsonObject } from "./json.ts";

/** What a variation of an auto experiment does to the page: a redirect or visual changes. */
export interface AutoVariation {
  /** The URL that users of this variation are sent to. */
  readonly urlRedirect?: string;
  /** Changes to elements of the page. */
  readonly domMutations?: readonly JsonObject[];
  /** A style sheet to add. */
  readonly css?: string;
  /** A script to run. */
  readonly js?: string;
}

/** An experiment that runs by itself on the pages it targets. */
export interface AutoExperiment extends Experiment<AutoVariation> {
  /** Identifies the change, for `blockedChangeIds`. */
  readonly changeId?: string;
  /** Whether the experiment waits for its key to be in `triggeredExperiments`. */
  readonly manual?: boolean;
  /** Whether a redirect carries the current URL's query parameters along. */
  readonly persistQueryString?: boolean;
}
