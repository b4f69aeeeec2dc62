import { assertEquals } from "@std/assert";
import type { ExperimentViewed } from "../../core/types/decision_event.ts";
import type {
  StickyAssignmentDocument,
  StickyAssignmentDocuments,
} from "../../core/types/sticky_bucket.ts";

/** An exposure without what only one of the two SDKs says about it. */
export type Exposure = Pick<ExperimentViewed, "experiment" | "result">;

/** What comes of evaluating a feature or running an experiment. */
export interface Outcome<Result> {
  /** What it gives back. */
  readonly result: Result;
  /** The exposures, in order. */
  readonly exposures: readonly Exposure[];
  /** Each sticky document that is to be saved, in order, as it is at that moment. */
  readonly saved: readonly StickyAssignmentDocument[];
  /** The sticky documents at the end; null when sticky bucketing is off. */
  readonly documents: StickyAssignmentDocuments | null;
}

/** Asserts that two outcomes are the same in all respects. */
export function assertSameOutcome<Result>(
  ours: Outcome<Result>,
  official: Outcome<Result>,
): void {
  assertEquals(comparable(ours), comparable(official));
}

/**
 * Gives a copy in which a property that is undefined is absent, as it is in JSON: that is no
 * difference between the official SDK and this one.
 */
export function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null || value instanceof RegExp) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .map(([name, entry]) => [name, comparable(entry)]),
  );
}
