import { evolveStickyBuckets } from "../../core/sticky/evolve_sticky_buckets.ts";
import type { StickyAssignmentDocuments } from "../../core/types/sticky_bucket.ts";
import { documentKey } from "./document_key.ts";
import { readDocument } from "./read_document.ts";
import type {
  StickyBucketStore,
  StickyDocumentName,
} from "./sticky_bucket_store.ts";

/** The prefix of a document's key, as the official SDK has it. */
export const stickyPrefix = "gbStickyBuckets__";

/** Texts by key: where documents can be kept one by one, at once. */
export interface TextStorage {
  /** Gives the texts under a key. Where there are several they unite, and the first counts most. */
  readonly read: (key: string) => readonly string[];
  /** Puts a text under a key, in the place of all that are there. */
  readonly write: (key: string, text: string) => void;
  /** Removes all texts under a key. */
  readonly remove: (key: string) => void;
}

/** Makes a store of sticky buckets of a storage of texts: a document a key, as JSON. */
export function textDocuments(
  { read, write, remove }: TextStorage,
  prefix: string = stickyPrefix,
): Required<StickyBucketStore> {
  const unite = (
    documents: StickyAssignmentDocuments,
    name: StickyDocumentName,
  ) =>
    read(prefix + documentKey(name)).reduceRight((united, text) => {
      const document = readDocument(text, name);
      return document === null ? united : evolveStickyBuckets(united, document);
    }, documents);
  return {
    load: (names) => names.reduce(unite, {}),
    save: (document) => {
      const key = documentKey(document);
      const united = evolveStickyBuckets(unite({}, document), document);
      write(prefix + key, JSON.stringify(united[key]));
    },
    erase: (name) => remove(prefix + documentKey(name)),
  };
}
