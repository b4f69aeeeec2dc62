import { evolveStickyBuckets } from "../../../core/sticky/evolve_sticky_buckets.ts";
import type { StickyBucketStore } from "../../sticky/sticky_bucket_store.ts";
import type { StickyHandover } from "./client_snapshot.ts";
import { userFingerprint } from "./exposure_fingerprint.ts";

/**
 * Gives the store of a page, or where a server handed sticky buckets over, makes one that knows, besides
 * what the page's own store has, what the server has of the same user. Without a store of the page
 * nothing is kept, but the server's buckets count. It takes a moment to load; meanwhile the decisions of
 * the server stay.
 */
export function hydrateStickyBuckets(
  handed: readonly StickyHandover[],
  store: StickyBucketStore | undefined,
): StickyBucketStore | undefined {
  return handed.length === 0 ? store : {
    load: async (names) => {
      const { laySticky } = await import("./lay_sticky.ts");
      return laySticky(handed, names, await store?.load(names) ?? {}, {
        evolve: evolveStickyBuckets,
        fingerprint: userFingerprint,
      });
    },
    save: (document) => store?.save(document),
  };
}
