import type { Experiment } from "./experiment.ts";
import type { JsonValue } from "./json.ts";
import type { ExperimentResult } from "./result.ts";
import type { StickyAssignments } from "./sticky_bucket.ts";

/** A user saw a variation: an exposure. */
export interface ExperimentViewed<Value = JsonValue> {
  /** Marks an exposure. */
  readonly type: "experiment.viewed";
  /** The experiment, as it was run. */
  readonly experiment: Experiment<Value>;
  /** What came of it. */
  readonly result: ExperimentResult<Value>;
}

/** A user got a variation to keep. */
export interface StickyBucketAssigned {
  /** Marks an assignment. */
  readonly type: "sticky-bucket.assigned";
  /** The attribute that identifies the user. */
  readonly attributeName: string;
  /** Its value as a string. */
  readonly attributeValue: string;
  /** The assignments that are new or changed, by `experimentKey__bucketVersion`. */
  readonly assignments: StickyAssignments;
}

/** What a decision causes, as data: an adapter may act on it. */
export type DecisionEvent = ExperimentViewed | StickyBucketAssigned;
