import { attempt } from "../support/attempt.ts";
import type { Endpoint } from "./endpoint.ts";
import { createFailure } from "./http/create_failure.ts";
import type { LinkFailure } from "./link/link_state.ts";

/** Sees to it that a request ends. */
export interface RequestWatch {
  /** A request has begun; `stop` stops it. */
  readonly begin: (stop: () => void) => void;
  /** It is over. */
  readonly end: () => void;
  /** Has the request fail if it does not end in time. */
  readonly watch: () => void;
  /** Stops the request, where there is one. Never throws. */
  readonly stop: () => void;
}

/** So much later than the time limit, in milliseconds, a request fails that should have ended by it. */
const grace = 100;

/**
 * Makes the watch over a source's requests. A runtime such as Cloudflare Workers stops what a request of
 * its own left under way, timers included. So a caller that asks for the payload sees to it that the
 * request before ends.
 */
export function createRequestWatch(
  { clock, time, timeout, apiName }: Endpoint,
  fail: (failure: LinkFailure) => void,
): RequestWatch {
  let stopRequest: (() => void) | null = null;
  let begunAt = 0;
  let cancel = () => {};
  // To stop what another request of a Worker began may throw there.
  const stop = () => {
    cancel();
    if (stopRequest !== null) attempt(stopRequest, () => {});
    stopRequest = null;
  };
  const letGo = () => {
    stop();
    const task = `load the payload from ${apiName}`;
    const reason = `it took longer than ${timeout} ms`;
    fail(createFailure("timeout", task, reason));
  };
  return {
    begin: (given) => {
      cancel();
      stopRequest = given;
      begunAt = time();
    },
    end: () => {
      cancel();
      stopRequest = null;
    },
    watch: () => {
      if (stopRequest === null) return;
      cancel();
      const left = begunAt + timeout + grace - time();
      if (left <= 0) letGo();
      else cancel = clock.setTimer(letGo, left);
    },
    stop,
  };
}
