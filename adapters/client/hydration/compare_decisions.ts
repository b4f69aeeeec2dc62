import type { HydrationMismatchedData } from "../../../core/events/types/input_event.ts";
import type { FeatureResult } from "../../../core/types/result.ts";

/** What comparing needs. It is handed over, so that this file loads nothing that the client has. */
export interface Comparison {
  /** What the server decided, by key. */
  readonly rendered: ReadonlyMap<string, FeatureResult>;
  /** Decides on a feature. */
  readonly decide: (key: string) => FeatureResult;
  /** Tells whether two values are equal. */
  readonly isEqual: (left: unknown, right: unknown) => boolean;
  /** Whether both went by the same payload. */
  readonly isSamePayload: boolean;
}

/** Gives the decisions of a server that come out otherwise. */
export function compareDecisions(
  { rendered, decide, isEqual, isSamePayload }: Comparison,
): readonly HydrationMismatchedData[] {
  const mismatches: HydrationMismatchedData[] = [];
  for (const [key, result] of rendered) {
    const decided = decide(key);
    if (isEqual(shownOf(result), shownOf(decided))) continue;
    mismatches.push({
      key,
      rendered: result.value,
      decided: decided.value,
      isSamePayload,
    });
  }
  return mismatches;
}

// A variation that was forced is no exposure: it counts by its value, as `describeDecision` has it.
function shownOf({ value, experiment, experimentResult }: FeatureResult) {
  return experimentResult?.hashUsed === true
    ? [value, experiment?.key, experimentResult.variationId]
    : [value];
}
