import { attempt } from "../../support/attempt.ts";

/** Actions that are done one after the other, never one inside the other. */
export interface Queue {
  /** Adds an action. It is done at once, or after those before it where one is being done. */
  readonly add: (action: () => void) => void;
  /** Does something at once, while actions that are added meanwhile wait until it is done. */
  readonly hold: (action: () => void) => void;
}

/**
 * Makes a queue: an action that is added while another one is being done waits in line, so that no
 * listener sees half of a change. Should an action throw, those behind it are done all the same, and
 * `onError` is called.
 */
export function createQueue(onError: (error: unknown) => void): Queue {
  const waiting: (() => void)[] = [];
  let isBusy = false;

  const hold = (action: () => void) => {
    if (isBusy) return attempt(action, onError);
    isBusy = true;
    attempt(action, onError);
    for (let next = 0; next < waiting.length; next++) {
      attempt(waiting[next]!, onError);
    }
    waiting.length = 0;
    isBusy = false;
  };
  return {
    add: (action) => {
      if (isBusy) waiting.push(action);
      else hold(action);
    },
    hold,
  };
}
