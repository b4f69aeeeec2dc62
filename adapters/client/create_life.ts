import { attempt } from "../support/attempt.ts";
import type { Clock } from "../support/time/clock.ts";
import type { TimeoutOptions } from "../support/time/timeout_options.ts";
import { within } from "../support/time/within.ts";
import type { AsyncDisposal } from "./async_disposal.ts";
import type { Client, FlushReport } from "./client.ts";
import type { ClientCore } from "./client_core.ts";
import { longestWait } from "./client_options.ts";
import type { ClientStatus } from "./client_status.ts";
import { readTimeout } from "../support/time/read_timeout.ts";
import { createHealth } from "./state/create_health.ts";
import { isSettled } from "./state/is_settled.ts";
import type { StateKeeper } from "./state/create_state_keeper.ts";

/** The parts of a client with which it begins and ends. */
export type LivingCore = Pick<
  ClientCore,
  | "keeper"
  | "recording"
  | "sticky"
  | "options"
  | "wake"
  | "refresh"
  | "stop"
  | "tell"
>;

/** Makes what begins and ends a client. */
export function createLife(
  { keeper, recording, sticky, options, wake, refresh, stop, tell }: LivingCore,
):
  & Pick<
    Client,
    | "ready"
    | "refresh"
    | "flush"
    | "close"
    | "pauseTracking"
    | "resumeTracking"
    | "deliveries"
    | "health"
  >
  & AsyncDisposal {
  const { clock } = options;
  const { state } = keeper;
  let closing: Promise<FlushReport> | null = null;

  const settle = async (report: Promise<FlushReport>, timeout: number) => {
    await within(sticky.saved(), timeout, clock);
    return await report;
  };
  const close = (limit?: TimeoutOptions) => {
    if (closing !== null) return closing;
    const timeout = readTimeout(limit, longestWait, tell);
    // What is stopped may close the client as well, and gets the same promise.
    let resolve = (_: Promise<FlushReport>) => {};
    closing = new Promise<FlushReport>((done) => resolve = done);
    stop();
    // What waits was done before: what subscribers see of it is recorded.
    keeper.later(() => resolve(settle(recording.close(timeout), timeout)));
    return closing;
  };
  return {
    ready: (limit) => {
      wake();
      return waitUntilSettled(
        keeper,
        clock,
        readTimeout(limit, longestTimer, tell),
      );
    },
    refresh: async () => {
      await refresh();
      return state().status;
    },
    pauseTracking: recording.pause,
    resumeTracking: recording.resume,
    deliveries: recording.deliveries,
    health: createHealth(keeper, clock),
    flush: (limit) => {
      const timeout = readTimeout(limit, longestWait, tell);
      return settle(recording.flush(timeout), timeout);
    },
    close,
    ...asyncDisposal(close),
  };
}

// The longest that runtimes can wait, 24 days.
const longestTimer = 2 ** 31 - 1;

function waitUntilSettled(
  { state, early }: StateKeeper,
  clock: Clock,
  timeout: number,
): Promise<ClientStatus> {
  return new Promise<ClientStatus>((resolve) => {
    let cancel = () => {};
    const finish = () => {
      cancel();
      remove();
      resolve(state().status);
    };
    const isReady = () => isSettled(state().status);
    const remove = early.add(() => {
      if (isReady()) finish();
    });
    if (isReady()) return finish();
    // Without a limit, too, a timer: what a source waits for lets a process end, this does not.
    const end = timeout < longestTimer ? finish : () => {};
    // At the top of a Worker's module there are no timers, and nothing can come.
    attempt(() => {
      cancel = clock.setTimer(end, timeout);
    }, finish);
  });
}

// A runtime may have no such symbol, and a library of types may not know it.
function asyncDisposal(close: () => Promise<unknown>): AsyncDisposal {
  const { asyncDispose } = Symbol as { readonly asyncDispose?: symbol };
  if (asyncDispose === undefined) return {} as AsyncDisposal;
  const dispose = async () => {
    await close();
  };
  return { [asyncDispose]: dispose } as unknown as AsyncDisposal;
}
