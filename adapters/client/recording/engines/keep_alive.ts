import type { Clock } from "../../../support/time/clock.ts";

/** So long, in milliseconds, what waits keeps a process alive after the last recording. */
const longest = 5_000;

/** Keeps a process alive for a while as long as something waits that would be lost with it. */
export interface KeepAlive {
  /** Something was recorded that waits. */
  readonly extend: () => void;
  /** Nothing waits any more. */
  readonly end: () => void;
}

/**
 * Makes what keeps a process alive. When that time is over, the process may end; if it does while
 * something still waits, standard error gets the count.
 */
export function createKeepAlive(
  clock: Clock,
  pending: () => number,
  tellTime: () => number,
): KeepAlive {
  let cancel: (() => void) | null = null;
  let last = 0;
  let forget = () => {};
  const arm = (milliseconds: number) => {
    cancel = clock.setTimer(() => {
      cancel = null;
      const left = last + longest - tellTime();
      if (left > 0) return arm(left);
      forget();
      forget = pending() > 0 ? onExit(pending) : () => {};
    }, milliseconds);
  };
  return {
    extend: () => {
      last = tellTime();
      if (cancel === null) arm(longest);
    },
    end: () => {
      cancel?.();
      cancel = null;
      forget();
      forget = () => {};
    },
  };
}

interface ProcessLike {
  readonly once?: (name: "exit", listener: () => void) => unknown;
  readonly off?: (name: "exit", listener: () => void) => unknown;
  readonly getMaxListeners?: () => number;
  readonly setMaxListeners?: (count: number) => unknown;
}

function onExit(pending: () => number): () => void {
  const { process } = globalThis as { readonly process?: ProcessLike };
  if (typeof process?.once !== "function") return () => {};
  const tell = () => {
    const count = pending();
    if (count === 0) return;
    console.error(
      `growthstream: ${count} events were not delivered when the process ended`,
    );
  };
  process.once("exit", tell);
  allowListeners(process, 1);
  return () => {
    process.off?.("exit", tell);
    allowListeners(process, -1);
  };
}

// More than ten would be taken for a leak: a process may have any number of clients. Zero is no limit.
function allowListeners(process: ProcessLike, more: number): void {
  const most = process.getMaxListeners?.() ?? 0;
  if (most > 0) process.setMaxListeners?.(most + more);
}
