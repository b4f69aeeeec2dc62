/** Tells the time and calls back later; a parameter wherever time matters. */
export interface Clock {
  /** The time, in milliseconds since 1970-01-01T00:00:00Z. It stamps what is stored or sent. */
  readonly now: () => number;
  /**
   * How many milliseconds have passed since some moment in the past. Durations are measured by it,
   * because it goes on where `now` is set forward or back. Without it they are measured by `now`.
   */
  readonly monotonic?: () => number;
  /**
   * Calls back once, after a number of milliseconds, and gives what calls that off. Calling it off
   * late or twice does nothing. A time that a runtime can't wait, over 2,147,483,647 ms, is cut, and
   * one that is below 0 or no number is 0. With `keepsAlive: false`, a process may end before that,
   * where the runtime has a way to say so.
   */
  readonly setTimer: (
    callback: () => void,
    milliseconds: number,
    keepsAlive?: boolean,
  ) => () => void;
}

const longestTimer = 2 ** 31 - 1;
const runtimeDate = Date;

/** The clock of the runtime. It is looked up at each call, so a test that replaces it is heard. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => {
    // Deno's FakeTime replaces `Date` and the timers, but not `performance`: then time passes there.
    if (Date !== runtimeDate || typeof performance !== "object") {
      return Date.now();
    }
    return (performance.timeOrigin || 0) + performance.now();
  },
  setTimer: (callback, milliseconds, keepsAlive = true) => {
    const time = Math.min(Math.max(milliseconds, 0) || 0, longestTimer);
    const timer: unknown = setTimeout(callback, time);
    if (!keepsAlive) letEnd(timer);
    return () => clearTimeout(timer as number);
  },
};

// Node and Bun give an object that knows how; Deno gives a number. Browsers don't wait for timers.
function letEnd(timer: unknown): void {
  (timer as { readonly unref?: () => unknown }).unref?.();
  const { Deno: deno } = globalThis as {
    readonly Deno?: { readonly unrefTimer?: (timer: number) => void };
  };
  if (typeof timer === "number") deno?.unrefTimer?.(timer);
}

/**
 * Tells whether the runtime allows timers and requests now. Cloudflare Workers refuse them while a module
 * is loaded, and allow them in a request.
 */
export function allowsWork(clock: Pick<Clock, "setTimer">): boolean {
  try {
    clock.setTimer(() => {}, 0, false)();
    return true;
  } catch {
    return false;
  }
}

/**
 * Gives a function that tells how many milliseconds have passed since its first call, by the clock's
 * `monotonic`, or by `now` where there is none. The answer never goes back: where the clock does,
 * and where it answers with what is no number, no time has passed since the call before.
 *
 * @example
 * ```ts
 * import { monotonicTime, systemClock } from "./clock.ts";
 * import { assertEquals } from "@std/assert";
 *
 * let now = 5000;
 * const time = monotonicTime({ ...systemClock, monotonic: () => now });
 * assertEquals(time(), 0);
 * now = 5020;
 * assertEquals(time(), 20);
 * now = 1000;
 * assertEquals(time(), 20);
 * now = 1001;
 * assertEquals(time(), 21);
 * ```
 */
export function monotonicTime(
  clock: Pick<Clock, "now" | "monotonic">,
): () => number {
  let last = NaN;
  let passed = 0;
  return () => {
    const time = clock.monotonic === undefined
      ? clock.now()
      : clock.monotonic();
    if (time > last) passed += time - last;
    if (Number.isFinite(time)) last = time;
    return passed;
  };
}
