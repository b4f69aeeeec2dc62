import type { Clock } from "../../adapters/support/time/clock.ts";

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves it on by milliseconds, and runs what falls due, in order. */
  readonly advance: (milliseconds: number) => void;
  /** How many milliseconds from now the timers are due, soonest first. */
  readonly timers: () => readonly number[];
}

/** Makes a clock that begins at a time, and says when its timers change. */
export function manualClock(
  start: number = 0,
  onChange: () => void = () => {},
): ManualClock {
  let now = start;
  let timers: readonly {
    readonly due: number;
    readonly callback: () => void;
  }[] = [];
  const sorted = () => timers.toSorted((left, right) => left.due - right.due);
  return {
    now: () => now,
    setTimer: (callback, milliseconds) => {
      const timer = { due: now + milliseconds, callback };
      timers = [...timers, timer];
      onChange();
      return () => {
        timers = timers.filter((other) => other !== timer);
        onChange();
      };
    },
    advance: (milliseconds) => {
      const end = now + milliseconds;
      for (
        let next = sorted()[0];
        next !== undefined && next.due <= end;
        next = sorted()[0]
      ) {
        const timer = next;
        timers = timers.filter((other) => other !== timer);
        now = Math.max(now, timer.due);
        timer.callback();
      }
      now = end;
    },
    timers: () => sorted().map(({ due }) => due - now),
  };
}
