import { attempt } from "../../core/support/attempt.ts";
import { isObject, readOwn } from "../../core/support/read_own.ts";
import type { StickyAssignmentDocument } from "../../core/types/sticky_bucket.ts";
import type { StickyDocumentName } from "./sticky_bucket_store.ts";

/**
 * Reads the text of a sticky bucket document with suspicion; null where it is none, or that
 * of another user. Assignments that are no texts are left out.
 */
export function readDocument(
  text: string,
  { attributeName, attributeValue }: StickyDocumentName,
): StickyAssignmentDocument | null {
  const document: unknown = attempt(() => JSON.parse(text), null);
  const assignments = readAssignments(document);
  if (
    assignments === null ||
    readOwn(document, "attributeName") !== attributeName ||
    readOwn(document, "attributeValue") !== attributeValue
  ) return null;
  return { attributeName, attributeValue, assignments };
}

/** Reads the assignments of whatever a store gave: those that are texts. Null where there are none at all. */
export function readAssignments(
  document: unknown,
): StickyAssignmentDocument["assignments"] | null {
  const assignments = readOwn(document, "assignments");
  if (!isObject(assignments)) return null;
  const entries = Object.entries(assignments)
    .filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(entries);
}
