import type { FakeTimers } from "./fake_timers.ts";

/** The timers that a host has. */
type Timers = Pick<
  typeof globalThis,
  "setTimeout" | "clearTimeout" | "setInterval" | "clearInterval"
>;

/** The timers of the host, as they were when this module was loaded. */
export const realTimers: Timers = (
  ({ setTimeout, clearTimeout, setInterval, clearInterval }: Timers) => (
    { setTimeout, clearTimeout, setInterval, clearInterval }
  )
)(globalThis);
const RealDate = Date;
const realTimeout = AbortSignal.timeout;

/** Puts the host's own clock and timers back. */
export function restoreGlobals(): void {
  Object.assign(globalThis, realTimers, { Date: RealDate });
  AbortSignal.timeout = realTimeout;
}

/** Puts a clock and its timers in the place of `Date`, the timers and `AbortSignal.timeout`. */
export function overrideGlobals(timers: FakeTimers): void {
  const remove = (id?: unknown) => timers.remove(id);
  Object.assign(globalThis, {
    Date: fakeDate(timers),
    setTimeout: adder(timers, "setTimeout"),
    clearTimeout: remove,
    setInterval: adder(timers, "setInterval"),
    clearInterval: remove,
  });
  AbortSignal.timeout = (delay: number) => {
    const controller = new AbortController();
    timers.add(
      () =>
        controller.abort(
          new DOMException("Signal timed out.", "TimeoutError"),
        ),
      delay,
      false,
    );
    return controller.signal;
  };
}

function adder(timers: FakeTimers, name: "setTimeout" | "setInterval") {
  return (callback: unknown, delay = 0, ...args: unknown[]): number => {
    if (typeof callback !== "function") {
      throw new TypeError(`Cannot call ${name}: the callback is no function`);
    }
    const repeats = name === "setInterval";
    return timers.add(() => void callback(...args), delay, repeats);
  };
}

function fakeDate(timers: FakeTimers): DateConstructor {
  return new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(
        target,
        args.length === 0 ? [timers.now()] : args,
        newTarget,
      ),
    apply: (target) => new target(timers.now()).toString(),
    get: (target, key, receiver) =>
      key === "now" ? timers.now : Reflect.get(target, key, receiver),
  });
}
