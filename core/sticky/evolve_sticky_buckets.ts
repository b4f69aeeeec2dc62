import { readOwn } from "../support/read_own.ts";
import type { StickyBucketAssigned } from "../types/decision_event.ts";
import type {
  StickyAssignmentDocument,
  StickyAssignmentDocuments,
} from "../types/sticky_bucket.ts";

/**
 * Adds the assignments of an event, or of another document, to a record of sticky bucket
 * documents. It is the fold of `sticky-bucket.assigned`, and the union of two documents of one
 * key, so that assignments made at the same time in two places unite instead of one being lost;
 * where both have an assignment, the one added last stays.
 *
 * Returns a new record; the given one is untouched, and returned itself when nothing is added.
 *
 * @example
 * ```ts
 * import { evolveStickyBuckets } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const documents = evolveStickyBuckets({}, {
 *   type: "sticky-bucket.assigned",
 *   attributeName: "id",
 *   attributeValue: "7",
 *   assignments: { checkout__0: "treatment" },
 * });
 * assertEquals(documents["id||7"]?.assignments, { checkout__0: "treatment" });
 * ```
 */
export function evolveStickyBuckets(
  documents: StickyAssignmentDocuments,
  event: StickyBucketAssigned | StickyAssignmentDocument,
): StickyAssignmentDocuments {
  const { attributeName, attributeValue, assignments } = event;
  const key = `${attributeName}||${attributeValue}`;
  const document = readOwn(documents, key) as StickyAssignmentDocument | null;
  const known = document?.assignments ?? {};
  const addsNothing = document !== null &&
    Object.entries(assignments).every(([key, variation]) =>
      readOwn(known, key) === variation
    );
  if (addsNothing) return documents;
  const all = { ...known, ...assignments };
  return {
    ...documents,
    [key]: { attributeName, attributeValue, assignments: all },
  };
}
