import type { LineOptions } from "./line.ts";

/** Loads the code that delivers. */
export interface Loader {
  /** Loads it, once; tries again at once where that failed. Never rejects. */
  readonly load: () => Promise<void>;
  /** The same, unless the next attempt is only waited for. */
  readonly want: () => void;
  /** That it could not be loaded; null where that never happened. */
  readonly lastError: () => string | null;
  /** Ends it: nothing more is tried or told. */
  readonly stop: () => void;
}

/** Makes what loads code by `action`. Where that rejects, that is told, and tried again, less and less often. */
export function createLoader(
  action: () => Promise<void>,
  { clock, delayAfter, onError }: Pick<
    LineOptions,
    "clock" | "delayAfter" | "onError"
  >,
): Loader {
  let loading: Promise<void> | null = null;
  let failures = 0;
  let lastError: string | null = null;
  let isStopped = false;
  let cancelNext: (() => void) | null = null;

  const stopWaiting = () => {
    cancelNext?.();
    cancelNext = null;
  };
  const load = (): Promise<void> => {
    stopWaiting();
    return loading ??= action().catch((cause) => {
      if (isStopped) return;
      loading = null;
      const error = new Error(
        "Cannot deliver events: the code for that could not be loaded",
        { cause },
      );
      lastError = error.message;
      onError(error);
      cancelNext = clock.setTimer(load, delayAfter(++failures), false);
    });
  };
  return {
    load,
    want: () => {
      if (cancelNext === null) void load();
    },
    lastError: () => lastError,
    stop: () => {
      isStopped = true;
      stopWaiting();
    },
  };
}
