/** Tells the time and wakes its user later; a parameter wherever time matters. */
export interface Clock {
  /** The time, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: () => number;
  /**
   * Calls back once, after a number of milliseconds, and gives what calls that off. Calling it off
   * late or twice does nothing. A time that a runtime can't wait, over 2,147,483,647 ms, is cut, and
   * one that is below 0 or no number is 0.
   */
  readonly setTimer: (
    callback: () => void,
    milliseconds: number,
  ) => () => void;
}

const longestTimer = 2 ** 31 - 1;

/** The clock of the runtime. It is looked up at each call, so a test that replaces it is heard. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer: (callback, milliseconds) => {
    const time = Math.min(Math.max(milliseconds, 0) || 0, longestTimer);
    const timer = setTimeout(callback, time);
    return () => clearTimeout(timer);
  },
};
