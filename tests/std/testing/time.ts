/**
 * A stand-in for `jsr:@std/testing/time`, for networks that cannot reach JSR.
 *
 * It has the semantics of the real package: `tickAsync` lets promises settle once, *before* the
 * clock moves, and then runs all that falls due without a break. Only a test that moves the clock
 * again, or waits for a promise, sees what a timer's promises do. `tests/std/testing_test.ts`
 * states it, and also passes against the real package.
 *
 * @module
 */
import { overrideGlobals, realTimers, restoreGlobals } from "./fake_globals.ts";
import { fakeTimers } from "./fake_timers.ts";

/** A use of fake time that its state does not allow. */
export class TimeError extends Error {
  /** Makes the error from its message. */
  constructor(message: string) {
    super(message);
    this.name = "TimeError";
  }
}

/** How fake time passes by itself. */
export interface FakeTimeOptions {
  /** How many fake milliseconds pass in a real one. The default is 0: time stands still. */
  advanceRate: number;
  /** After how many real milliseconds the clock is moved. The default is 10. */
  advanceFrequency?: number;
}

let current: FakeTime | undefined;

/**
 * Puts a clock that stands still in the place of `Date`, the timers and `AbortSignal.timeout`,
 * until it is restored. The tests move it. There is one at a time.
 */
export class FakeTime {
  readonly #start: number;
  readonly #timers: ReturnType<typeof fakeTimers>;
  readonly #advance: ReturnType<typeof setInterval> | undefined;

  /** Fakes time, from `start` on, or from now on. */
  constructor(
    start?: number | string | Date | null,
    options?: FakeTimeOptions,
  ) {
    if (current !== undefined) {
      throw new TimeError("Cannot construct FakeTime: time is already faked");
    }
    this.#start = startTime(start);
    this.#timers = fakeTimers(this.#start);
    overrideGlobals(this.#timers);
    current = this;
    const rate = Math.max(0, options?.advanceRate ?? 0);
    const frequency = Math.max(0, options?.advanceFrequency ?? 10);
    if (rate > 0) {
      this.#advance = realTimers.setInterval(
        () => this.tick(rate * frequency),
        frequency,
      );
    }
  }

  /** Restores time at the end of a block. */
  [Symbol.dispose](): void {
    this.restore();
  }

  /** Restores time, where it is faked. */
  static restore(): void {
    if (current === undefined) throw alreadyRestored();
    current.restore();
  }

  /** Restores time while a function runs, and the promise that it returns. */
  static async restoreFor<Args extends unknown[], T>(
    callback: (...args: Args) => Promise<T> | T,
    ...args: Args
  ): Promise<T> {
    if (current === undefined) {
      throw new TimeError("Cannot restore time: time is not faked");
    }
    const timers = current.#timers;
    restoreGlobals();
    try {
      const result = callback(...args);
      // Without a promise, time is faked again before the caller goes on.
      return result instanceof Promise ? await result : result;
    } finally {
      overrideGlobals(timers);
    }
  }

  /** When the clock began, in milliseconds since 1970. */
  get start(): number {
    return this.#start;
  }

  /** What the clock says. */
  get now(): number {
    return this.#timers.now();
  }

  /** Moves the clock to a later time, and runs what falls due. */
  set now(value: number) {
    this.#timers.moveTo(value);
  }

  /** Resolves after a real time, in milliseconds. An abort of the signal rejects it. */
  delay(
    milliseconds: number,
    options: { signal?: AbortSignal } = {},
  ): Promise<void> {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      const abort = () => {
        realTimers.clearTimeout(timer);
        reject(new DOMException("Delay was aborted.", "AbortError"));
      };
      const timer = realTimers.setTimeout(() => {
        signal?.removeEventListener("abort", abort);
        resolve();
      }, milliseconds);
      if (signal?.aborted) abort();
      else signal?.addEventListener("abort", abort, { once: true });
    });
  }

  /** Lets promises settle: waits for one real turn of the event loop. */
  async runMicrotasks(): Promise<void> {
    await this.delay(0);
  }

  /** Moves the clock on, and runs what falls due. */
  tick(milliseconds = 0): void {
    this.now += milliseconds;
  }

  /** Lets promises settle, then moves the clock on and runs what falls due. */
  async tickAsync(milliseconds = 0): Promise<void> {
    await this.runMicrotasks();
    this.tick(milliseconds);
  }

  /** Moves the clock to the next timer and runs all of that time; false where none waits. */
  next(): boolean {
    const due = this.#timers.nextDue();
    if (due === undefined) return false;
    this.now = due;
    return true;
  }

  /** Lets promises settle, then does what {@linkcode FakeTime.next} does. */
  async nextAsync(): Promise<boolean> {
    await this.runMicrotasks();
    return this.next();
  }

  /** Runs timers until none waits. */
  runAll(): void {
    while (this.next());
  }

  /** Runs timers until none waits, and lets promises settle before each. */
  async runAllAsync(): Promise<void> {
    while (this.#timers.nextDue() !== undefined) await this.nextAsync();
  }

  /** Puts `Date`, the timers and `AbortSignal.timeout` back. */
  restore(): void {
    if (current === undefined) throw alreadyRestored();
    current = undefined;
    restoreGlobals();
    realTimers.clearInterval(this.#advance);
  }
}

function startTime(start: number | string | Date | null | undefined): number {
  if (start === undefined || start === null) return Date.now();
  const time = typeof start === "number"
    ? Math.floor(start)
    : new Date(start).valueOf();
  if (Number.isNaN(time)) {
    throw new TypeError(
      `Cannot construct FakeTime: invalid start time ${time}`,
    );
  }
  return time;
}

function alreadyRestored(): TimeError {
  return new TimeError("Cannot restore time: time is already restored");
}
