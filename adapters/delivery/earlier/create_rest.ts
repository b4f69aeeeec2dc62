import type { Clock } from "../../support/clock.ts";

/** The rests of a reader between its steps. */
export interface Rest {
  /** Waits for a time in milliseconds to pass, or a wakeup where that counts; without a time, for that alone. */
  readonly rest: (
    milliseconds: number | undefined,
    wakes: boolean,
  ) => Promise<void>;
  /** Ends a rest in which wakeups count. */
  readonly wake: () => void;
}

/** Makes the rests of a reader, which all end when a signal says so. */
export function createRest(clock: Clock, signal: AbortSignal): Rest {
  let wake = () => {};
  return {
    rest: (milliseconds, wakes) =>
      new Promise<void>((resolve) => {
        let cancel = () => {};
        const finish = () => {
          cancel();
          signal.removeEventListener("abort", finish);
          wake = () => {};
          resolve();
        };
        if (signal.aborted) return finish();
        if (milliseconds !== undefined) {
          cancel = clock.setTimer(finish, milliseconds);
        }
        signal.addEventListener("abort", finish);
        if (wakes) wake = finish;
      }),
    wake: () => wake(),
  };
}
