import type { Endpoint } from "./endpoint.ts";
import { createFailure } from "./http/create_failure.ts";
import type { LinkEvent, LinkFailure, LinkState } from "./link/link_state.ts";

/** The callers that wait for a request that begins after they asked for it. */
export interface Refreshing {
  /** Adds one, and has it asked for. */
  readonly refresh: () => Promise<void>;
  /** Takes note that a request begins. */
  readonly begin: () => void;
  /** Resolves the waits whose request is over; `request` is what the link is at since then. */
  readonly settle: (event: LinkEvent, request: LinkState["request"]) => void;
  /** Lets go of all, in vain. */
  readonly stop: () => void;
}

/** A request that is under way. */
export interface OpenRequest {
  /** Stops it. To stop what another request of a Worker began may throw there. */
  readonly stop: () => void;
  /** When it began, by the time of the endpoint. */
  readonly begunAt: number;
}

/** What a source tells of itself, and does, for those that wait. */
export interface RefreshingSource {
  /** Gives the request that is under way; null where there is none. */
  readonly open: () => OpenRequest | null;
  /** Has the payload asked for. */
  readonly ask: () => void;
  /** Gives up the request that is under way. */
  readonly giveUp: (failure: LinkFailure) => void;
}

interface Waiting {
  /** The number of the first request that will do. */
  readonly from: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** So much later than the time limit, in milliseconds, a request fails that should have ended by it. */
const grace = 100;

/**
 * Makes a list of the callers that wait for a request; requests come one after the other. A runtime such as
 * Cloudflare Workers stops what a request of its own left under way, timers included. So a caller that asks
 * for the payload sees to it that the request before ends.
 */
export function createRefreshing(
  { clock, time, timeout, apiName }: Endpoint,
  source: RefreshingSource,
): Refreshing {
  let begun = source.open() === null ? 0 : 1;
  let over = 0;
  let waiting: readonly Waiting[] = [];
  let cancel = () => {};
  const rejectAll = (message: string) => {
    const all = waiting;
    waiting = [];
    for (const { reject } of all) reject(new Error(message));
  };
  const watch = () => {
    cancel();
    const request = source.open();
    if (request === null) return;
    const giveUp = () => {
      const task = `load the payload from ${apiName}`;
      const reason = `it took longer than ${timeout} ms`;
      source.giveUp(createFailure("timeout", task, reason));
    };
    const left = request.begunAt + timeout + grace - time();
    if (left <= 0) giveUp();
    else cancel = clock.setTimer(giveUp, left);
  };
  return {
    refresh: () => {
      watch();
      const refreshed = new Promise<void>((resolve, reject) => {
        waiting = [...waiting, { from: begun + 1, resolve, reject }];
      });
      source.ask();
      return refreshed;
    },
    begin: () => {
      cancel();
      begun++;
    },
    settle: (event, request) => {
      if (request === "none") cancel();
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
    stop: () => {
      cancel();
      rejectAll("Cannot refresh: the source was stopped");
    },
  };
}
