import { evolveStickyBuckets } from "../../../core/sticky/evolve_sticky_buckets.ts";
import { isObject, readOwn } from "../../../core/support/read_own.ts";
import type { StickyAssignmentDocuments } from "../../../core/types/sticky_bucket.ts";
import type { StickyDocumentName } from "../../sticky/sticky_bucket_store.ts";

/**
 * Reads what a sticky bucket store answered, with suspicion: only the documents that it was asked
 * for, and of those only the assignments that are texts.
 */
export function readDocuments(
  names: readonly StickyDocumentName[],
  answer: unknown,
): StickyAssignmentDocuments {
  let documents: StickyAssignmentDocuments = {};
  for (const name of names) {
    const key = documentKey(name);
    const assignments = readOwn(readOwn(answer, key), "assignments");
    if (!isObject(assignments)) continue;
    const entries = Object.entries(assignments).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    );
    documents = evolveStickyBuckets(documents, {
      ...name,
      assignments: Object.fromEntries(entries),
    });
  }
  return documents;
}

/** Gives the key of a document. */
export function documentKey(
  { attributeName, attributeValue }: StickyDocumentName,
): string {
  return `${attributeName}||${attributeValue}`;
}
