import { evolveStickyBuckets } from "../../../core/sticky/evolve_sticky_buckets.ts";
import { readOwn } from "../../../core/support/read_own.ts";
import type { StickyAssignmentDocuments } from "../../../core/types/sticky_bucket.ts";
import { documentKey } from "../../sticky/document_key.ts";
import { readAssignments } from "../../sticky/read_document.ts";
import type { StickyDocumentName } from "../../sticky/sticky_bucket_store.ts";

/**
 * Reads what a sticky bucket store answered, with suspicion: only the documents that it was asked
 * for, and of those only the assignments that are texts. They are added to those that are `known`.
 */
export function readDocuments(
  names: readonly StickyDocumentName[],
  answer: unknown,
  known: StickyAssignmentDocuments = {},
): StickyAssignmentDocuments {
  let documents = known;
  for (const name of names) {
    const assignments = readAssignments(readOwn(answer, documentKey(name)));
    if (assignments === null) continue;
    documents = evolveStickyBuckets(documents, { ...name, assignments });
  }
  return documents;
}
