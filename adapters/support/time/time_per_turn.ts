import type { Clock } from "./clock.ts";

/**
 * Gives a function that tells the time, in milliseconds since 1970, which is the same for all that
 * happens before anything else gets its turn: it asks the clock once until the next microtask. Asking
 * takes as long as an evaluation on some machines.
 */
export function timePerTurn(clock: Pick<Clock, "now">): () => number {
  let now = 0;
  let isCurrent = false;
  const endTurn = () => {
    isCurrent = false;
  };
  return () => {
    if (isCurrent) return now;
    isCurrent = true;
    queueMicrotask(endTurn);
    return now = clock.now();
  };
}
