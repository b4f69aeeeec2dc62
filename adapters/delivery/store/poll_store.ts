import { insist, type InsistOptions, pause } from "./insist.ts";

/** What looks at a store from time to time, and at once when it is told to. */
export interface StorePoll {
  /** Has it look at once, and gives the number of that look. */
  readonly nudge: () => number;
  /** The number of the last look that has ended, or 0. */
  readonly looked: () => number;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
}

/**
 * Looks at a store until the signal ends it: `step` looks, and is tried again where it rejects; `onStep`
 * is told after each time. `interval` is in milliseconds.
 */
export function pollStore(
  options: InsistOptions,
  interval: number,
  step: () => Promise<void>,
  onStep: () => void,
): StorePoll {
  const { signal, report } = options;
  let wake = () => {};
  let hints = 0;
  let looked = 0;

  const rest = async (seen: number) => {
    if (hints !== seen || signal.aborted) return;
    const resting = new AbortController();
    wake = () => resting.abort();
    signal.addEventListener("abort", wake);
    await pause(interval, { ...options, signal: resting.signal });
    signal.removeEventListener("abort", wake);
    wake = () => {};
  };
  const run = async () => {
    while (!signal.aborted) {
      const seen = hints;
      const isDone = await insist(async () => {
        await step();
        return true;
      }, options).catch(report);
      if (isDone !== null) looked = seen;
      onStep();
      if (isDone === null) return;
      await rest(seen);
    }
  };
  return {
    nudge: () => {
      hints++;
      wake();
      return hints;
    },
    looked: () => looked,
    ended: run(),
  };
}
