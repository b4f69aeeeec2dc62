import type { StickyDocumentName } from "../../adapters/sticky/sticky_bucket_store.ts";
import type { StickyAssignmentDocument } from "../../mod.ts";

/** The document of a user known by `id`. */
export function documentOf(
  attributeValue: string,
  assignments: StickyAssignmentDocument["assignments"],
): StickyAssignmentDocument {
  return { attributeName: "id", attributeValue, assignments };
}

/** What a user known by `id` is loaded by. */
export function nameOf(attributeValue: string): StickyDocumentName {
  return { attributeName: "id", attributeValue };
}
