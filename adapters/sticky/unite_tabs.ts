import { evolveStickyBuckets } from "../../core/sticky/evolve_sticky_buckets.ts";
import { attempt } from "../../core/support/attempt.ts";
import type { StickyAssignmentDocuments } from "../../core/types/sticky_bucket.ts";
import type { StickyBucketStore } from "./sticky_bucket_store.ts";

/**
 * Has the tabs of a page unite what they save. Each reads before it writes, and knows nothing of what another one
 * writes in between, so that of two that save at the same time one writes over what the other did. That one is told,
 * by a listener that `listen` is given, and adds what is missing; what is there stays. What was removed must not come
 * back, also where the removal is told of later.
 */
export function uniteTabs(
  store: Required<StickyBucketStore>,
  listen: (onChange: (isRemoval: boolean) => void) => void,
): StickyBucketStore {
  let saved: StickyAssignmentDocuments = {};
  const addMissing = () => {
    const there = store.load(Object.values(saved)) as typeof saved;
    let united: typeof saved = {};
    // Those that are gone were removed: another tab writes over a document, and leaves one there.
    for (const [key, document] of Object.entries(there)) {
      united = evolveStickyBuckets({ ...united, [key]: saved[key]! }, document);
      const all = united[key]!;
      if (evolveStickyBuckets(there, all) !== there) store.save(all);
    }
    saved = united;
  };
  listen((isRemoval) => {
    if (isRemoval) saved = {};
    else attempt(addMissing, undefined);
  });
  return {
    ...store,
    save: (document) => {
      saved = evolveStickyBuckets(saved, document);
      return store.save(document);
    },
    erase: (name) => {
      saved = {};
      return store.erase(name);
    },
  };
}
