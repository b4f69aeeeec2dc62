import { systemClock } from "../support/clock.ts";
import type { TimeoutOptions } from "../support/timeout_options.ts";
import { within } from "../support/within.ts";
import type { Client, FlushReport } from "./client.ts";
import type { ClientStatus } from "./client_status.ts";
import type { ClientCore } from "./client_core.ts";

// A store that is gone, or a callback that always fails, must not keep an application from ending.
const closeTimeout = 10_000;

/** Makes what begins and ends a client. */
export function createLife(
  core: ClientCore,
): Pick<
  Client,
  "ready" | "refresh" | "flush" | "close" | typeof Symbol.asyncDispose
> {
  const { state, early, recording, saver, options } = core;
  const { clock = systemClock } = options;
  let closing: Promise<FlushReport> | null = null;

  const ready = ({ timeout }: TimeoutOptions = {}) =>
    new Promise<ClientStatus>((resolve) => {
      let cancel = () => {};
      const finish = () => {
        cancel();
        remove();
        resolve(state().status);
      };
      const remove = early.add(() => {
        if (isSettled(state().status)) finish();
      });
      if (isSettled(state().status)) return finish();
      if (timeout !== undefined) cancel = clock.setTimer(finish, timeout);
    });
  const flush = async (limit: TimeoutOptions = {}) => {
    const [report] = await Promise.all([
      recording.flush(limit),
      within(saver.settle(), limit.timeout, clock),
    ]);
    return report;
  };
  const close = async (limit: TimeoutOptions) => {
    core.stop();
    const [report] = await Promise.all([
      recording.close(limit),
      within(saver.settle(), limit.timeout, clock),
    ]);
    return report;
  };
  return {
    ready,
    refresh: async () => {
      await core.refresh();
      return state().status;
    },
    flush,
    close: ({ timeout = closeTimeout } = {}) => closing ??= close({ timeout }),
    [Symbol.asyncDispose]: async () => {
      await (closing ??= close({ timeout: closeTimeout }));
    },
  };
}

// A source that goes on trying may still come round.
function isSettled({ status, retryIn }: ClientStatus): boolean {
  return status === "error" ? retryIn === null : status !== "initializing";
}
