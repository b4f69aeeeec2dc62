import type { Clock } from "../../support/time/clock.ts";

/** A time after which something is aborted. */
export interface Deadline {
  /** Whether the time has passed. */
  readonly hasPassed: () => boolean;
  /** Starts the time anew. */
  readonly extend: () => void;
  /** Calls it off. */
  readonly stop: () => void;
}

/** Aborts something after a number of milliseconds in which the time was not extended. */
export function startDeadline(
  { clock, time }: {
    readonly clock: Clock;
    /** How many milliseconds have passed since some moment. Never goes back. */
    readonly time: () => number;
  },
  milliseconds: number,
  controller: AbortController,
): Deadline {
  const { signal } = controller;
  let hasPassed = false;
  let due = time() + milliseconds;
  let cancel = clock.setTimer(check, milliseconds);

  // One timer is set anew when it falls due, rather than one for each extension.
  function check(): void {
    const left = due - time();
    // A timer may come a fraction of a millisecond early.
    if (left >= 1) {
      cancel = clock.setTimer(check, left);
      return;
    }
    hasPassed = true;
    controller.abort();
  }
  // What is aborted for another reason leaves no timer behind, not even for a moment.
  function stop(): void {
    signal.removeEventListener("abort", stop);
    cancel();
  }
  signal.addEventListener("abort", stop);
  return {
    hasPassed: () => hasPassed,
    extend: () => {
      due = time() + milliseconds;
    },
    stop,
  };
}
