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
  /** What ends each pause that goes on: a flush waits for none. */
  readonly pauses?: Set<() => void>;
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

/** Ends all pauses, so that what waits for its next attempt is tried at once. */
export function endPauses({ pauses }: Pick<InsistOptions, "pauses">): void {
  for (const end of [...pauses ?? []]) end();
}

/** Waits for a time in milliseconds, or until the signal ends it. */
export function pause(
  milliseconds: number,
  { clock, signal, keepsAlive = false, pauses }: Pick<
    InsistOptions,
    "clock" | "signal" | "keepsAlive" | "pauses"
  >,
): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      cancel();
      pauses?.delete(finish);
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const cancel = clock.setTimer(finish, milliseconds, keepsAlive);
    pauses?.add(finish);
    signal.addEventListener("abort", finish);
    if (signal.aborted) finish();
  });
}
