import type { Clock } from "../../support/time/clock.ts";
import { attempt } from "../../support/attempt.ts";
import type { StartOutcome } from "./provider_state.ts";

/** The callers that wait until it is known whether a client has something to serve. */
export interface WaitingRoom {
  /** Waits, and gives what the time makes of it where nothing else does. */
  readonly wait: (
    timeout: number,
    lateOutcome: () => StartOutcome,
  ) => Promise<StartOutcome>;
  /** Tells all of them. */
  readonly settle: (outcome: StartOutcome) => void;
}

/** Makes a waiting room. */
export function createWaitingRoom(
  clock: Pick<Clock, "setTimer">,
): WaitingRoom {
  const waiting = new Set<(outcome: StartOutcome) => void>();
  return {
    wait: (timeout, lateOutcome) =>
      new Promise((resolve) => {
        let cancel = () => {};
        const leave = (outcome: StartOutcome) => {
          waiting.delete(leave);
          cancel();
          resolve(outcome);
        };
        waiting.add(leave);
        // A runtime that refuses timers now has what is told alone to go by.
        attempt(() => {
          cancel = clock.setTimer(() => leave(lateOutcome()), timeout);
        }, () => {});
      }),
    settle: (outcome) => {
      for (const leave of [...waiting]) leave(outcome);
    },
  };
}
