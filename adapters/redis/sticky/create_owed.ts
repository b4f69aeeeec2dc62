import { evolveStickyBuckets } from "../../../core/sticky/evolve_sticky_buckets.ts";
import type { StickyAssignmentDocument } from "../../../core/types/sticky_bucket.ts";
import type { Clock } from "../../support/time/clock.ts";

/** Documents that are still to be written, because Redis was gone. */
export interface Owed {
  /** Writes a document; where that fails, it is written later, and this rejects. */
  readonly pay: (
    name: string,
    document: StickyAssignmentDocument,
  ) => Promise<void>;
  /** Gives what is owed under a name; null where nothing is. */
  readonly of: (name: string) => StickyAssignmentDocument | null;
  /** Forgets what is owed under a name. */
  readonly forget: (name: string) => void;
}

/** The first and the longest pause before it tries again, in milliseconds. */
const pauses = { first: 1_000, longest: 30_000 };

/** Makes a place for what is owed; where there is too much, the oldest is forgotten. */
export function createOwed(
  write: (document: StickyAssignmentDocument) => Promise<void>,
  { capacity, clock }: {
    readonly capacity: number;
    readonly clock: Pick<Clock, "setTimer">;
  },
): Owed {
  const owed = new Map<string, StickyAssignmentDocument>();
  let delay = pauses.first;
  let isWaiting = false;

  const owe = (name: string, document: StickyAssignmentDocument) => {
    const known = owed.get(name);
    const united = evolveStickyBuckets(
      known === undefined ? {} : { [name]: known },
      document,
    );
    owed.delete(name);
    owed.set(name, united[name]!);
    for (const oldest of owed.keys()) {
      if (owed.size <= capacity) break;
      owed.delete(oldest);
    }
    wait();
  };
  const wait = () => {
    if (isWaiting || owed.size === 0) return;
    isWaiting = true;
    clock.setTimer(
      () => {
        isWaiting = false;
        void payAll();
      },
      delay,
      false,
    );
    delay = Math.min(delay * 2, pauses.longest);
  };
  const payAll = async () => {
    for (const [name, document] of [...owed]) {
      try {
        await write(document);
      } catch {
        return wait();
      }
      // More may be owed by now.
      if (owed.get(name) === document) owed.delete(name);
    }
    delay = pauses.first;
    wait();
  };
  return {
    pay: async (name, document) => {
      try {
        await write(document);
      } catch (error) {
        owe(name, document);
        throw error;
      }
      if (owed.size > 0) wait();
    },
    of: (name) => owed.get(name) ?? null,
    forget: (name) => owed.delete(name),
  };
}
