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
  const document = parse(text);
  const assignments = readOwn(document, "assignments");
  if (!isObject(assignments)) return null;
  if (
    readOwn(document, "attributeName") !== attributeName ||
    readOwn(document, "attributeValue") !== attributeValue
  ) return null;
  const entries = Object.entries(assignments)
    .filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return {
    attributeName,
    attributeValue,
    assignments: Object.fromEntries(entries),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
