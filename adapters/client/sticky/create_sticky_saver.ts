import type { StickyBucketAssigned } from "../../../core/types/decision_event.ts";
import type { StickyBucketStore } from "../../sticky/sticky_bucket_store.ts";

/** Saves assignments, those of one user one after the other. */
export interface StickySaver {
  /** Saves an assignment. */
  readonly save: (assignment: StickyBucketAssigned) => void;
  /** Resolves once all that is being saved is saved, or failed to be. */
  readonly settle: () => Promise<void>;
}

/** Makes what saves assignments to a store; without one, it does nothing. */
export function createStickySaver(
  store: StickyBucketStore | undefined,
  onError: (error: unknown) => void,
): StickySaver {
  const saving = new Set<Promise<void>>();
  return {
    save: ({ attributeName, attributeValue, assignments }) => {
      try {
        const saved = store?.save({
          attributeName,
          attributeValue,
          assignments,
        });
        if (saved === undefined) return;
        const settled = Promise.resolve(saved).catch(onError).finally(() => {
          saving.delete(settled);
        });
        saving.add(settled);
      } catch (error) {
        onError(error);
      }
    },
    settle: async () => {
      while (saving.size > 0) await Promise.all(saving);
    },
  };
}
