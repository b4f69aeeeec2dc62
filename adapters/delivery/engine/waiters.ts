import type { Clock } from "../../support/time/clock.ts";

/** The callers that wait until so many items are settled. */
export interface Waiters {
  /**
   * Waits until the items before a target are settled: true where they are, false where they are not in
   * time, or nothing more is delivered. `onAdded` is called once it is on the list.
   */
  readonly add: (
    target: number,
    timeout: number | undefined,
    onAdded: () => void,
  ) => Promise<boolean>;
  /** Resolves the waits whose target is reached; with `isOver`, all others fail. */
  readonly tell: (isPast: (target: number) => boolean, isOver: boolean) => void;
}

interface Waiter {
  readonly target: number;
  readonly resolve: (isDone: boolean) => void;
}

/** Makes the list. `onEmpty` is told when the last one does not wait any more. */
export function createWaiters(clock: Clock, onEmpty: () => void): Waiters {
  const waiters = new Set<Waiter>();
  const leave = (waiter: Waiter) => {
    if (waiters.delete(waiter) && waiters.size === 0) onEmpty();
  };
  return {
    add: async (target, timeout, onAdded) => {
      let cancel = () => {};
      let waiter: Waiter | null = null;
      const isDone = await new Promise<boolean>((resolve) => {
        waiter = { target, resolve };
        waiters.add(waiter);
        onAdded();
        if (timeout === undefined || !waiters.has(waiter)) return;
        cancel = clock.setTimer(() => resolve(false), timeout);
      });
      cancel();
      leave(waiter!);
      return isDone;
    },
    tell: (isPast, isOver) => {
      for (const waiter of [...waiters]) {
        const isDone = isPast(waiter.target);
        if (!isDone && !isOver) continue;
        waiter.resolve(isDone);
        leave(waiter);
      }
    },
  };
}
