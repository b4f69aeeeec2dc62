import type { Payload } from "../../core/types/payload.ts";
import type { PayloadIssue } from "../../core/types/payload_issue.ts";
import type { SourceReport } from "../sources/source_report.ts";
import { attempt } from "../support/attempt.ts";
import { isPage } from "../support/late_code.ts";
import { createFailure } from "./http/create_failure.ts";
import type { Endpoint } from "./endpoint.ts";
import { advanceLink } from "./link/advance_link.ts";
import {
  initialLink,
  type LinkAction,
  type LinkEvent,
  type LinkTimer,
} from "./link/link_state.ts";
import { createPayloadStore } from "./payload_store.ts";
import { createReception } from "./reception.ts";
import { createRefreshes } from "./refreshes.ts";
import type { RememberedPayload, SourceMemory } from "./source_memory.ts";
import { startRequest } from "./start_request.ts";
import { startStream } from "./start_stream.ts";

/** A source that somebody listens to. */
export interface RunningSource {
  /** Asks for the current payload; resolves when it was emitted. */
  readonly refresh: () => Promise<void>;
  /**
   * Takes in what happened elsewhere: how the evaluation of a user went. Gives the report of the
   * failure where it failed.
   */
  readonly notice: (
    event: LinkEvent & { readonly type: "answered" | "failed" },
  ) => (SourceReport & { readonly type: "failed" }) | null;
  /** Stops everything. */
  readonly stop: () => void;
}

/** Where a source puts what it has. */
export interface SourceOutlets {
  /** Takes a payload that is new, and what could not be read of it. */
  readonly emit: (payload: Payload, issues: readonly PayloadIssue[]) => void;
  /** Takes how the source fares. */
  readonly report: (report: SourceReport) => void;
  /** Takes that the users are to be evaluated again. */
  readonly change: () => void;
  /** Takes that the users whose evaluation failed are to be evaluated again. */
  readonly retry: () => void;
}

/** How much longer than its timeout a request may take, in milliseconds, until it counts as left. */
const grace = 100;

/** Starts a source: does what the link decides, and tells the link what comes of it. */
export function runSource(
  endpoint: Endpoint,
  memory: SourceMemory,
  outlets: SourceOutlets,
): RunningSource {
  const { clock, random, link } = endpoint;
  const store = createPayloadStore(endpoint, memory);
  const refreshes = createRefreshes();
  const timers = new Map<LinkTimer, () => void>();
  const events: LinkEvent[] = [];
  let state = initialLink;
  let isBusy = false;
  let isStopped = false;
  let stopRequest = () => {};
  let requestedAt = 0;
  let cancelWatch = () => {};
  let stopStream = () => {};

  // What an action causes at once has to wait until the actions before it are done.
  const dispatch = (event: LinkEvent): void => {
    events.push(event);
    if (isBusy) return;
    isBusy = true;
    for (let next = events.shift(); next && !isStopped; next = events.shift()) {
      const moment = { now: endpoint.time(), chance: random() };
      const step = advanceLink(state, next, moment, link);
      state = step.state;
      if (state.request === "none") cancelWatch();
      for (const action of step.actions) if (!isStopped) perform(action);
      if (!isStopped) refreshes.settle(next, state.request);
    }
    isBusy = false;
  };
  const reception = createReception(endpoint, memory, {
    dispatch,
    emit: outlets.emit,
    remember: () => store?.save(),
  });

  function perform(action: LinkAction): void {
    switch (action.type) {
      case "request":
        if (link.isRemote) return outlets.change();
        refreshes.begin();
        requestedAt = endpoint.time();
        stopRequest = startRequest(endpoint, memory, reception);
        return;
      case "retry":
        return outlets.retry();
      case "connect":
        stopStream = startStream(endpoint, reception);
        return;
      case "wait":
        return wait(action.timer, action.delay);
      case "cancel":
        timers.get(action.timer)?.();
        timers.delete(action.timer);
        return;
      case "report":
        return outlets.report(action.report);
    }
  }

  function wait(timer: LinkTimer, delay: number): void {
    timers.get(timer)?.();
    const cancel = clock.setTimer(
      () => {
        timers.delete(timer);
        dispatch({ type: "due", timer });
        // What waits for the next request lets a process end.
      },
      delay,
      false,
    );
    timers.set(timer, cancel);
  }

  // A runtime such as Cloudflare Workers stops what a request of its own left under way, timers included.
  // So whoever asks for the payload sees to it that the request before ends.
  function watchRequest(): void {
    if (state.request === "none") return;
    const begun = requestedAt;
    const left = begun + endpoint.timeout + grace - endpoint.time();
    const letGo = () => {
      if (isStopped || state.request === "none" || requestedAt !== begun) {
        return;
      }
      attempt(stopRequest, () => {});
      const task = `load the payload from ${endpoint.apiName}`;
      const reason = `it took longer than ${endpoint.timeout} ms`;
      const failure = createFailure("timeout", task, reason);
      dispatch({ type: "failed", failure });
    };
    cancelWatch();
    if (left <= 0) letGo();
    else cancelWatch = clock.setTimer(letGo, left);
  }

  function begin(found: RememberedPayload | null): void {
    if (isStopped) return;
    memory.last = found;
    if (found === null) return dispatch({ type: "started", kept: null });
    const { payload, issues, time, offersStreaming } = found;
    const age = endpoint.time() - time;
    // First of all that it is not current: a payload without such a report would count as that.
    dispatch({ type: "started", kept: { age, offersStreaming } });
    if (!isStopped) outlets.emit(payload, issues);
  }

  // Anywhere but in a page it costs nothing to have at hand what trouble needs.
  if (!isPage()) endpoint.trouble.load().catch(() => {});
  const last = keepable(endpoint, memory.last);
  if (last === null && store !== null) void store.load().then(begin);
  else begin(last);

  return {
    refresh: () => {
      watchRequest();
      const refreshed = refreshes.add();
      dispatch({ type: "refresh" });
      return refreshed;
    },
    notice: (event) => {
      dispatch(event);
      return state.reported?.type === "failed" ? state.reported : null;
    },
    stop: () => {
      isStopped = true;
      for (const cancel of timers.values()) cancel();
      timers.clear();
      cancelWatch();
      reception.stop();
      // To stop what another request of a Worker began may throw there.
      attempt(stopRequest, () => {});
      attempt(stopStream, () => {});
      refreshes.stop();
    },
  };
}

/** Gives what is remembered, unless it is too old to serve. */
function keepable(
  { time, kept }: Endpoint,
  last: RememberedPayload | null,
): RememberedPayload | null {
  if (last === null) return null;
  return Math.abs(time() - last.time) <= kept ? last : null;
}
