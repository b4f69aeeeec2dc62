import { isPage } from "../support/late_code.ts";
import {
  openWebStorage,
  type WebStorageAccess,
} from "../support/web_storage.ts";
import type { StickyBucketStore } from "./sticky_bucket_store.ts";
import { stickyPrefix, textDocuments } from "./text_documents.ts";
import { uniteTabs } from "./unite_tabs.ts";

/**
 * Keeps sticky buckets in a browser's storage, in the format and under the keys of the official SDK,
 * so that users keep their variations when an application changes over.
 *
 * `storage` is a function that gives the storage, which is called at each use, since the mere word
 * `localStorage` throws where a browser denies it; it is the page's `localStorage` by default. The
 * storage itself is taken too. Where it is denied, missing or full, `load` and `save` throw; a client
 * reports that and goes on without.
 *
 * On a page it listens to what other tabs save, for as long as the page is there, and adds what one of them
 * wrote over: make one for a page, and share it.
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
  storage: WebStorageAccess = () => globalThis.localStorage,
  options?: { readonly prefix?: string },
): StickyBucketStore {
  const prefix = options?.prefix ?? stickyPrefix;
  const store = textDocuments({
    read: (key) => {
      const text = openWebStorage(storage).getItem(key);
      return typeof text === "string" ? [text] : [];
    },
    write: (key, text) => openWebStorage(storage).setItem(key, text),
    remove: (key) => {
      const opened = openWebStorage(storage);
      if (opened.removeItem === undefined) opened.setItem(key, "");
      else opened.removeItem(key);
    },
  }, prefix);
  return isPage()
    ? uniteTabs(
      store,
      (tell) =>
        globalThis.addEventListener?.("storage", (event) => {
          const { key, newValue } = event as unknown as StorageChange;
          tell(newValue === null && (key ?? prefix).startsWith(prefix));
        }),
    )
    : store;
}

/** What another tab did to the storage. */
interface StorageChange {
  /** The key; null where it removed all. */
  readonly key: string | null;
  /** The text that it put there; null where it removed one, or all. */
  readonly newValue: string | null;
}
