import { attempt } from "../../support/attempt.ts";

/** Items that are handled one after the other, never one inside the other. */
export interface Queue<Item> {
  /** Adds an item. It is handled at once, or after those before it where one is being handled. */
  readonly add: (item: Item) => void;
  /** Does something at once, while items that are added meanwhile wait until it is done. */
  readonly hold: (action: () => void) => void;
}

/**
 * Makes a queue: an item that is added while another one is being handled waits in line, so that no
 * listener sees half of a change. Should handling an item throw, the items behind it are handled
 * all the same, and `onError` is called.
 */
export function createQueue<Item>(
  handle: (item: Item) => void,
  onError: (error: unknown) => void,
): Queue<Item> {
  const waiting: Item[] = [];
  let isBusy = false;

  const drain = () => {
    for (let next = 0; next < waiting.length; next++) {
      attempt(() => handle(waiting[next]!), onError);
    }
    waiting.length = 0;
  };
  const hold = (action: () => void) => {
    if (isBusy) return attempt(action, onError);
    isBusy = true;
    attempt(action, onError);
    drain();
    isBusy = false;
  };
  return {
    add: (item) => {
      waiting.push(item);
      if (!isBusy) hold(() => {});
    },
    hold,
  };
}
