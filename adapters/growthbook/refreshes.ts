import type { LinkEvent, LinkState } from "./link/link_state.ts";

/** The callers that wait for a request that begins after they asked for it. */
export interface Refreshes {
  /** Adds one. */
  readonly add: () => Promise<void>;
  /** Takes note that a request begins. */
  readonly begin: () => void;
  /** Resolves the waits whose request is over; `request` is what the link is at since then. */
  readonly settle: (event: LinkEvent, request: LinkState["request"]) => void;
  /** Lets go of all, in vain. */
  readonly stop: () => void;
}

interface Waiting {
  /** The number of the first request that will do. */
  readonly from: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Makes a list of the callers that wait for a request. Requests come one after the other. */
export function createRefreshes(): Refreshes {
  let begun = 0;
  let over = 0;
  let waiting: readonly Waiting[] = [];
  const rejectAll = (message: string) => {
    const all = waiting;
    waiting = [];
    for (const { reject } of all) reject(new Error(message));
  };
  return {
    add: () =>
      new Promise((resolve, reject) => {
        waiting = [...waiting, { from: begun + 1, resolve, reject }];
      }),
    begin: () => {
      begun++;
    },
    settle: (event, request) => {
      if (event.type === "failed") {
        over++;
        rejectAll(event.failure.message);
      } else if (event.type === "answered") {
        over++;
        // One that is repeated did not give what was waited for.
        if (request === "repeat") return;
        const done = waiting.filter(({ from }) => from <= over);
        waiting = waiting.filter(({ from }) => from > over);
        for (const { resolve } of done) resolve();
      }
    },
    stop: () => rejectAll("Cannot refresh: the source was stopped"),
  };
}
