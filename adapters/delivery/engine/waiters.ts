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
  /** Resolves the waits whose target is reached; where it is over, all others fail. */
  readonly tell: () => void;
  /**
   * Has the latest caller work, in the very call that waits, or one of those before it where that one does
   * not come to it; false where none waits.
   */
  readonly wake: () => boolean;
}

/** What waiters are made with. */
export interface WaitersOptions {
  readonly clock: Clock;
  /** Whether all items before a target are settled. */
  readonly isPast: (target: number) => boolean;
  /** Whether nothing more is delivered. */
  readonly isOver: () => boolean;
  /** Does what is due, and gives the least target of the caller that did it; null where nothing was due. */
  readonly work: () => number | null;
  /** Is told when the last one does not wait any more. */
  readonly onEmpty: () => void;
}

interface Waiter {
  target: number;
  /** What came of the wait; null while it goes on. */
  isDone: boolean | null;
  /** Lets the caller look at it, or work. */
  stir: () => void;
}

/** So many of the callers are woken, in case the latest of them are no more. */
const mostWoken = 8;

/** Makes the list. */
export function createWaiters(options: WaitersOptions): Waiters {
  const { clock, isPast, isOver, work, onEmpty } = options;
  const waiters = new Set<Waiter>();
  const end = (waiter: Waiter, isDone: boolean) => {
    waiter.isDone ??= isDone;
    waiter.stir();
    if (waiters.delete(waiter) && waiters.size === 0) onEmpty();
  };
  const tell = () => {
    for (const waiter of [...waiters]) {
      const isDone = isPast(waiter.target);
      if (isDone || isOver()) end(waiter, isDone);
    }
  };
  return {
    add: async (target, timeout, onAdded) => {
      const waiter: Waiter = { target, isDone: null, stir: () => {} };
      waiters.add(waiter);
      onAdded();
      const cancel = timeout === undefined || waiter.isDone !== null
        ? () => {}
        : clock.setTimer(() => end(waiter, false), timeout);
      while (waiter.isDone === null) {
        await new Promise<void>((resolve) => waiter.stir = resolve);
        if (waiter.isDone === null && waiter !== [...waiters].at(-1)) {
          await new Promise<void>((resolve) => clock.setTimer(resolve, 0));
        }
        if (waiter.isDone !== null) break;
        const { target } = waiter;
        waiter.target = Infinity;
        const least = work();
        waiter.target = Math.max(target, least ?? 0);
        if (least !== null) tell();
      }
      cancel();
      return waiter.isDone;
    },
    tell,
    wake: () => {
      for (const waiter of [...waiters].slice(-mostWoken)) waiter.stir();
      return waiters.size > 0;
    },
  };
}
