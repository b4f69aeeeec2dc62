import { stickyDocumentKey } from "../../core/sticky/sticky_document_key.ts";
import type { StickyDocumentName } from "./sticky_bucket_store.ts";

/** Gives the key of a document, without the prefix of a store. */
export function documentKey(
  { attributeName, attributeValue }: StickyDocumentName,
): string {
  return stickyDocumentKey(attributeName, attributeValue);
}
