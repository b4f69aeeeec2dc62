import { within } from "../support/within.ts";
import { systemClock } from "../support/clock.ts";
import type { FlushReport, TimeLimit } from "./client.ts";
import type { ClientStatus } from "./client_status.ts";
import type { ClientCore } from "./create_core.ts";

/** The members of a client that have to do with its beginning and its end. */
export interface Life {
  /** Resolves once there is something to go by. */
  readonly ready: (limit?: TimeLimit) => Promise<ClientStatus>;
  /** Asks the source. */
  readonly refresh: () => Promise<ClientStatus>;
  /** Resolves once everything is recorded and delivered. */
  readonly flush: (limit?: TimeLimit) => Promise<FlushReport>;
  /** Flushes and stops everything. */
  readonly close: (limit?: TimeLimit) => Promise<FlushReport>;
  /** Does what `close` does. */
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Makes the beginning and the end of a client. */
export function createLife(core: ClientCore): Life {
  const { early, recording, saver } = core;
  const clock = core.options.clock ?? systemClock;
  let closing: Promise<FlushReport> | null = null;

  const status = () => core.state().status;
  const isDecided = () => {
    const { status: name, retryIn } = status();
    return name !== "initializing" && !(name === "error" && retryIn !== null);
  };
  const decided = () => {
    let stop = () => {};
    const waiting = new Promise<void>((resolve) => {
      const check = () => {
        if (isDecided()) resolve();
      };
      stop = early.add(check);
      check();
    });
    return { waiting, stop: () => stop() };
  };
  const settleSaves = async ({ timeout }: TimeLimit) => {
    await within(saver.settle(), timeout, clock);
  };
  const close = async (limit: TimeLimit): Promise<FlushReport> => {
    core.stop();
    const [report] = await Promise.all([
      recording.close(limit),
      settleSaves(limit),
    ]);
    return report;
  };
  const closeOnce = (limit: TimeLimit = {}) => closing ??= close(limit);
  return {
    ready: async ({ timeout } = {}) => {
      const { waiting, stop } = decided();
      await within(waiting, timeout, clock);
      stop();
      return status();
    },
    refresh: async () => {
      await core.refresh();
      return status();
    },
    flush: async (limit = {}) => {
      const [report] = await Promise.all([
        recording.flush(limit),
        settleSaves(limit),
      ]);
      return report;
    },
    close: closeOnce,
    [Symbol.asyncDispose]: async () => {
      await closeOnce();
    },
  };
}
