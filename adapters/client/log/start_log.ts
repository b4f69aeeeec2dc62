import type { Clock } from "../../support/time/clock.ts";
import type { FollowedClient } from "./follow_log.ts";

/** A log of a client: errors from before it could be written wait. */
export interface ClientLog {
  /** Takes an error. */
  readonly add: (error: unknown) => void;
  /** Begins to follow the client. */
  readonly follow: (
    client: FollowedClient,
    options: { readonly clock: Clock; readonly store?: object },
  ) => void;
}

/** How many errors wait: it may be that what writes them is never loaded. */
const most = 100;

/**
 * Makes the log of a client. What writes it is loaded by itself: most clients have none. `onError` is
 * called where that fails, and once where `log` throws or rejects.
 */
export function startLog(
  log: (entry: unknown) => unknown,
  onError: (error: unknown) => void,
): ClientLog {
  const early: unknown[] = [];
  let add = (error: unknown) => {
    if (early.length < most) early.push(error);
  };
  return {
    add: (error) => add(error),
    // The clock is handed over: what two chunks of a page import becomes a chunk of its own.
    follow: (client, { clock, store }) =>
      void import("./follow_log.ts").then(({ followLog }) => {
        add = followLog(client, log, onError, clock, store);
        early.forEach(add);
      }).catch(onError),
  };
}
