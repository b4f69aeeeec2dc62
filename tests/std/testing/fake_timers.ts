/** A timer that waits for the clock. */
interface Timer {
  readonly id: number;
  readonly callback: () => void;
  readonly due: number;
  /** For an interval: how long it is, in milliseconds. */
  readonly every?: number;
}

/** A clock that stands still, and the timers that wait for it. */
export interface FakeTimers {
  /** What the clock says, in milliseconds since 1970. */
  now(): number;
  /** Adds a timer and returns its number. With `repeats`, it stays after it ran. */
  add(callback: () => void, delay: number, repeats: boolean): number;
  /** Takes a timer away. An unknown number has no effect. */
  remove(id: unknown): void;
  /** When the next timer is due, or undefined where none waits. */
  nextDue(): number | undefined;
  /**
   * Moves the clock to `time`. Timers that are due by then run in the order of their time, those
   * of one time in the order in which they were added, each with the clock at its time. No promise
   * settles between them. When one throws, the clock stays there and the error is thrown.
   */
  moveTo(time: number): void;
}

/** Makes a clock that says `start`, with no timers. */
export function fakeTimers(start: number): FakeTimers {
  let now = start;
  let lastId = 0;
  let timers: Timer[] = [];

  function insert(timer: Timer): void {
    const later = timers.findIndex(({ due }) => due > timer.due);
    timers.splice(later === -1 ? timers.length : later, 0, timer);
  }

  function runNext(): void {
    const timer = timers.shift();
    if (timer === undefined) return;
    now = timer.due;
    // Before the callback, which may take its own interval away.
    if (timer.every !== undefined) {
      insert({ ...timer, due: timer.due + timer.every });
    }
    timer.callback();
  }

  return {
    now: () => now,
    add(callback, delay, repeats) {
      const wait = Math.max(repeats ? 1 : 0, Math.floor(delay));
      const id = ++lastId;
      const every = repeats ? { every: wait } : {};
      insert({ id, callback, due: now + wait, ...every });
      return id;
    },
    remove(id) {
      timers = timers.filter((timer) => timer.id !== id);
    },
    nextDue: () => timers[0]?.due,
    moveTo(time) {
      if (time < now) {
        throw new RangeError(
          `Cannot set current time in the past, time must be >= ${now}: received ${time}`,
        );
      }
      while (timers[0] !== undefined && timers[0].due <= time) runNext();
      now = time;
    },
  };
}
