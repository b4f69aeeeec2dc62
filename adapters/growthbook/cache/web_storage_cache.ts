import type { PayloadCache } from "./payload_cache.ts";

/**
 * Keeps a source's payload in the storage of a browser, `localStorage` or `sessionStorage`, or in
 * anything else with these two methods.
 *
 * @example
 * ```ts
 * import { webStorageCache } from "@growthstream/sdk/growthbook";
 * import { assertEquals } from "@std/assert";
 *
 * const texts = new Map<string, string>();
 * const cache = webStorageCache({
 *   getItem: (name) => texts.get(name) ?? null,
 *   setItem: (name, text) => void texts.set(name, text),
 * });
 * cache.save("payload", "{}");
 * assertEquals(cache.load("payload"), "{}");
 * ```
 */
export function webStorageCache(
  storage: Readonly<Pick<Storage, "getItem" | "setItem">>,
): PayloadCache {
  return {
    load: (name) => storage.getItem(name),
    save: (name, text) => storage.setItem(name, text),
  };
}
