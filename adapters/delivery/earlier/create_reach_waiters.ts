import type { Clock } from "../../support/clock.ts";
import type { TimeoutOptions } from "../../support/timeout_options.ts";
import { within } from "../../support/within.ts";
import type { EventStore } from "../../log/event_store.ts";

/** Those who wait for a reader to reach the end of its store. */
export interface ReachWaiters {
  /** Waits until it is where the store ends now; false where it isn't in time, or stands still. */
  readonly flush: (options?: TimeoutOptions) => Promise<boolean>;
  /** Tells them that it moved, or stands still. */
  readonly tell: () => void;
}

/** What waiting for a reader needs. */
export interface ReachWaitersOptions {
  readonly store: EventStore;
  readonly clock: Clock;
  /** Whether the reader is at a position, or further. */
  readonly isAt: (position: number) => boolean;
  /** Whether it is stopped or paused. */
  readonly isStill: () => boolean;
  /** Lets it go on at once. */
  readonly wake: () => void;
  /** Is told where the store can't be asked. */
  readonly report: (error: unknown) => void;
}

/** Makes a waiting room for a reader. */
export function createReachWaiters(options: ReachWaitersOptions): ReachWaiters {
  const { store, clock, isAt, isStill, wake, report } = options;
  const waiters = new Set<Waiter>();
  const reach = async (waiter: Waiter): Promise<void> => {
    const { last } = await store.positions();
    await new Promise<void>((resolve) => {
      waiter.check = () => {
        waiter.isReached = isAt(last);
        if (waiter.isReached || isStill()) resolve();
      };
      waiter.check();
      wake();
    });
  };
  return {
    flush: async ({ timeout } = {}) => {
      const waiter: Waiter = { check: () => {}, isReached: false };
      waiters.add(waiter);
      try {
        await within(reach(waiter), timeout, clock);
      } catch (error) {
        report(error);
      }
      waiters.delete(waiter);
      return waiter.isReached;
    },
    tell: () => {
      for (const waiter of [...waiters]) waiter.check();
    },
  };
}

interface Waiter {
  check: () => void;
  isReached: boolean;
}
