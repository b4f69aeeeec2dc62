import { evolveStickyBuckets } from "../../core/sticky/evolve_sticky_buckets.ts";
import { stickyDocumentKey } from "../../core/sticky/sticky_document_key.ts";
import type { StickyAssignmentDocuments } from "../../core/types/sticky_bucket.ts";
import { readDocument } from "./read_document.ts";
import type { StickyBucketStore } from "./sticky_bucket_store.ts";

/** The prefix of a document's key, as the official SDK has it. */
export const stickyPrefix = "gbStickyBuckets__";

/** Texts by key: where documents can be kept one by one, at once. */
export interface TextStorage {
  /** Gives the text under a key; null where there is none. */
  readonly read: (key: string) => string | null | undefined;
  /** Puts a text under a key. */
  readonly write: (key: string, text: string) => void;
}

/** Makes a store of sticky buckets of a storage of texts: a document a key, as JSON. */
export function textDocuments(
  { read, write }: TextStorage,
  prefix: string = stickyPrefix,
): Required<StickyBucketStore> {
  return {
    load: (names) => {
      let documents: StickyAssignmentDocuments = {};
      for (const name of names) {
        const { attributeName, attributeValue } = name;
        const key = stickyDocumentKey(attributeName, attributeValue);
        const document = readDocument(read(prefix + key), name);
        if (document !== null) {
          documents = evolveStickyBuckets(documents, document);
        }
      }
      return documents;
    },
    save: (document) => {
      const { attributeName, attributeValue } = document;
      const key = stickyDocumentKey(attributeName, attributeValue);
      const known = readDocument(read(prefix + key), document);
      const united = evolveStickyBuckets(
        known === null ? {} : { [key]: known },
        document,
      );
      write(prefix + key, JSON.stringify(united[key]));
    },
  };
}
