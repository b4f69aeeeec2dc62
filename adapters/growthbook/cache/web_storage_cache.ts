import {
  openWebStorage,
  type WebStorageAccess,
} from "../../support/web_storage.ts";
import type { PayloadCache } from "./payload_cache.ts";

/**
 * Keeps a source's payload in the storage of a browser, `localStorage` or `sessionStorage`, or in
 * anything else with `getItem` and `setItem`.
 *
 * `storage` is a function that gives the storage, which is called at each use: where a browser denies
 * its storage, the mere word `localStorage` throws. The storage itself is taken too. Where it is denied,
 * missing or full, `load` and `save` throw; a source reports that to its `onCacheError`, and goes on
 * without.
 *
 * @example
 * ```ts
 * import { webStorageCache } from "@growthstream/sdk/growthbook";
 * import { assertEquals } from "@std/assert";
 *
 * const cache = webStorageCache(() => sessionStorage);
 * cache.save("payload", "{}");
 * assertEquals(cache.load("payload"), "{}");
 * sessionStorage.clear();
 * ```
 */
export function webStorageCache(storage: WebStorageAccess): PayloadCache {
  return {
    load: (name) => openWebStorage(storage).getItem(name),
    save: (name, text) => openWebStorage(storage).setItem(name, text),
  };
}
