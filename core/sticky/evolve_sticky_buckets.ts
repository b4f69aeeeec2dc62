import { readOwn } from "../support/read_own.ts";
import { setOwn } from "../support/set_own.ts";
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
  return addAssignments(documents, event, new Set()) ?? documents;
}

/**
 * Does the same, and adds to a record and to assignments that were made before in place of copying them: a
 * decision may add thousands. `made` has all that were made. Null where nothing is added.
 */
export function addAssignments(
  documents: StickyAssignmentDocuments,
  event: StickyBucketAssigned | StickyAssignmentDocument,
  made: Set<object>,
): StickyAssignmentDocuments | null {
  const { attributeName, attributeValue, assignments } = event;
  const key = `${attributeName}||${attributeValue}`;
  const document = readOwn(documents, key) as StickyAssignmentDocument | null;
  const known = document?.assignments ?? {};
  if (document !== null && addsNothing(known, assignments)) return null;
  const all = ownCopy<string>(known, made);
  for (const [key, variation] of Object.entries(assignments)) {
    setOwn(all, key, variation);
  }
  const evolved = ownCopy<StickyAssignmentDocument>(documents, made);
  evolved[key] = { attributeName, attributeValue, assignments: all };
  return evolved;
}

// Gives what was made before itself, and a copy of anything else.
function ownCopy<Value>(
  record: { readonly [key: string]: Value },
  made: Set<object>,
): { [key: string]: Value } {
  const copy = made.has(record) ? record : { ...record };
  made.add(copy);
  return copy;
}

function addsNothing(
  known: StickyAssignmentDocument["assignments"],
  added: StickyAssignmentDocument["assignments"],
): boolean {
  return Object.entries(added).every(([key, variation]) =>
    readOwn(known, key) === variation
  );
}
