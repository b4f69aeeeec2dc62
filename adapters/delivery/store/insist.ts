import type { Clock } from "../../support/time/clock.ts";

/** What insisting needs. */
export interface InsistOptions {
  /** Tells the time and sets timers. */
  readonly clock: Clock;
  /** How long to wait for the next attempt after so many failures in a row, in milliseconds. */
  readonly delayAfter: (failures: number) => number;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Is told of each failure. Does not throw. */
  readonly report: (error: unknown) => void;
  /** Whether the pauses keep a process alive; they don't by default. */
  readonly keepsAlive?: boolean;
}

/**
 * Repeats something with a store until it works, with growing pauses. Null where it is ended before
 * that. A `TypeError` or a `RangeError` is thrown on, since trying again is of no use.
 */
export async function insist<Result>(
  action: () => Promise<Result>,
  options: InsistOptions,
): Promise<Result | null> {
  const { delayAfter, signal, report } = options;
  for (let failures = 1; !signal.aborted; failures++) {
    try {
      return await action();
    } catch (error) {
      if (signal.aborted) return null;
      report(error);
      if (error instanceof TypeError || error instanceof RangeError) {
        throw error;
      }
      await pause(delayAfter(failures), options);
    }
  }
  return null;
}

/** Waits for a time in milliseconds, or until the signal ends it. */
export function pause(
  milliseconds: number,
  { clock, signal, keepsAlive = false }: Pick<
    InsistOptions,
    "clock" | "signal" | "keepsAlive"
  >,
): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      cancel();
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const cancel = clock.setTimer(finish, milliseconds, keepsAlive);
    signal.addEventListener("abort", finish);
    if (signal.aborted) finish();
  });
}
