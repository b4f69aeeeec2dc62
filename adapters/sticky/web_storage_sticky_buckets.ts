import type { StickyBucketStore } from "./sticky_bucket_store.ts";
import { stickyPrefix, textDocuments } from "./text_documents.ts";

/** The part of the Web Storage API that is used. `localStorage` is one. */
export interface WebStorage {
  /** Gives the text under a key; null where there is none. */
  readonly getItem: (key: string) => string | null;
  /** Puts a text under a key; throws where there is no room. */
  readonly setItem: (key: string, text: string) => void;
}

/**
 * Keeps sticky buckets in a browser's storage, in the format and under the keys of the official SDK,
 * so that users keep their variations when an application changes over.
 *
 * `storage` is the page's `localStorage` by default, which is looked up when it is needed. Where it
 * is missing, forbidden or full, `load` and `save` throw; a client reports that and goes on without.
 *
 * @example
 * ```ts
 * import { webStorageStickyBuckets } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 *
 * const texts = new Map<string, string>();
 * const store = webStorageStickyBuckets({
 *   getItem: (key) => texts.get(key) ?? null,
 *   setItem: (key, text) => void texts.set(key, text),
 * });
 * const name = { attributeName: "id", attributeValue: "7" };
 * await store.save({ ...name, assignments: { button__0: "blue" } });
 * assertEquals([...texts.keys()], ["gbStickyBuckets__id||7"]);
 * ```
 */
export function webStorageStickyBuckets(
  storage?: WebStorage,
  { prefix = stickyPrefix }: { readonly prefix?: string } = {},
): StickyBucketStore {
  const find = () => {
    const found = storage ?? globalThis.localStorage;
    if (found) return found;
    throw new Error("Cannot use the storage of the page: there is none");
  };
  return textDocuments({
    read: (key) => {
      const text = find().getItem(key);
      return typeof text === "string" ? [text] : [];
    },
    write: (key, text) => find().setItem(key, text),
  }, prefix);
}
