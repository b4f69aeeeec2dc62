import type { StickyBucketAssigned } from "../../../core/types/decision_event.ts";
import type { StickyBucketStore } from "../../sticky/sticky_bucket_store.ts";
import type { Clock } from "../../support/time/clock.ts";
import { inTime } from "../../support/time/in_time.ts";

/** Saves assignments, those of one user one after the other. */
export interface StickySaver {
  /** Saves an assignment. */
  readonly save: (assignment: StickyBucketAssigned) => void;
  /** Resolves once all that is being saved is saved, or failed to be. */
  readonly settle: () => Promise<void>;
}

/** What saving needs. */
export interface StickySaverOptions {
  /** Where documents are kept. */
  readonly store: StickyBucketStore;
  /** Is called with each error. */
  readonly onError: (error: unknown) => void;
  /** Sets timers. */
  readonly clock: Clock;
  /** How long a store may take, in milliseconds; it is no longer waited for after that. */
  readonly timeout: number;
}

/** Makes what saves assignments to a store. */
export function createStickySaver(
  { store, onError, clock, timeout }: StickySaverOptions,
): StickySaver {
  const saving = new Set<Promise<void>>();
  return {
    save: ({ attributeName, attributeValue, assignments }) => {
      const document = { attributeName, attributeValue, assignments };
      try {
        const saved = store.save(document);
        if (saved === undefined) return;
        const what = "the store of sticky buckets";
        const settled = inTime(() => saved, {
          what,
          timeout,
          clock,
          keepsAlive: false,
        })
          .catch(onError).finally(() => {
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
