import type { Endpoint } from "../endpoint.ts";
import { createFailure } from "./create_failure.ts";
import type { LinkEvent, LinkState } from "../link/link_state.ts";

/** The callers that wait for a request that begins after they asked for it. */
export interface Refreshing {
  /** Adds one, and has it asked for. */
  readonly refresh: () => Promise<void>;
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
  /** Gives it up. */
  readonly letGo: () => void;
  /** Tells the link what happened. */
  readonly dispatch: (event: LinkEvent) => void;
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
  { api, clock, time, timeout }: Endpoint,
  source: RefreshingSource,
): Refreshing {
  let isOpen = source.open() !== null;
  let begun = isOpen ? 1 : 0;
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
      source.letGo();
      const task = `load the payload from ${api.name}`;
      const reason = `it took longer than ${timeout} ms`;
      const failure = createFailure("timeout", task, reason);
      source.dispatch({ type: "failed", failure });
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
      source.dispatch({ type: "refresh" });
      return refreshed;
    },
    settle: (event, request) => {
      const wasOpen = isOpen;
      const isOver = event.type === "answered" || event.type === "failed";
      isOpen = request !== "none";
      if (isOver) over++;
      const hasBegun = isOpen && (isOver || !wasOpen);
      if (hasBegun) begun++;
      if (hasBegun || !isOpen) cancel();
      if (event.type === "failed") rejectAll(event.failure.message);
      // One that is repeated did not give what was waited for.
      if (event.type !== "answered" || request === "repeat") return;
      const done = waiting.filter(({ from }) => from <= over);
      waiting = waiting.filter(({ from }) => from > over);
      for (const { resolve } of done) resolve();
    },
    stop: () => {
      cancel();
      rejectAll("Cannot refresh: the source was stopped");
    },
  };
}
