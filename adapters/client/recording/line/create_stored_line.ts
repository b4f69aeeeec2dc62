import { attempt } from "../../../support/attempt.ts";
import { within } from "../../../support/time/within.ts";
import type { EngineView } from "../consumers/client_consumer.ts";
import type { StoredLineOptions, StoreLine } from "./stored_line.ts";

/**
 * Makes the line of a client with a store until the store's part of the machinery is loaded: when there
 * is something to store or, after the first turn, to take over. What is recorded waits.
 */
export function createStoredLine(
  options: StoredLineOptions,
): Omit<StoreLine, "forget"> {
  const { store, consumers, isPaused, clock, onError } = options;
  let line: StoreLine | null = null;
  let loading: Promise<void> | null = null;
  let lastError: string | null = null;
  let isStopped = false;

  const load = (): Promise<void> =>
    loading ??= import("../store/create_store_line.ts").then(
      ({ createStoreLine }) => {
        if (isStopped) return;
        line = createStoreLine({ ...options, erasing });
        options.become(line);
        if (isPaused()) line.pause();
        else line.nudge();
      },
      (error) => {
        loading = null;
        lastError = String(error);
        onError(error);
      },
    );
  const nudge = () => void load();
  // Others may have left something to deliver, though this client never records anything. At the top
  // of a module, where a runtime has no timers, that has time until it does.
  if (consumers.length > 0) {
    attempt(() => void clock.setTimer(nudge, 0, false), () => {});
  }
  const erasing = store.erasures?.subscribe({
    next: (user) => void load().then(() => line?.forget(user)),
    error: onError,
  });
  const noEngine: EngineView = {
    unsettled: () => [],
    pausedBecause: () => isPaused() ? "consent" : null,
    lastError: () => null,
  };
  return {
    give: null,
    nudge,
    pause: () => {},
    resume: () => {},
    viewOf: () => noEngine,
    inHand: () => [],
    pausedBecause: () => null,
    lastError: () => lastError,
    flush: async (deadline) => {
      if (!isStopped) await within(load(), deadline(), clock);
      return await line?.flush(deadline) ?? false;
    },
    stop: () => {
      isStopped = true;
      return [];
    },
    close: () => Promise.resolve(erasing?.unsubscribe()),
  };
}
