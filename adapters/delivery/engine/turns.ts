import type { Clock } from "../../support/time/clock.ts";

/** The turns in which an engine takes up what happens, one thing after the other. */
export interface Turns {
  /** What time it is: milliseconds since some moment, never less than before. */
  readonly now: () => number;
  /** Takes up what has happened; what happens meanwhile waits for its turn. */
  readonly run: () => void;
  /** Says that something has come that has time until the next turn. */
  readonly hint: () => void;
  /** Ends it. */
  readonly stop: () => void;
}

/** What turns are made of. */
export interface TurnsOptions<Input> {
  readonly clock: Clock;
  /** How many milliseconds have passed since some moment; never less than before. */
  readonly passed: () => number;
  /** Whether its timer keeps a process alive. */
  readonly keepsAlive: boolean;
  /** Takes the next thing that has happened; null where there is none. */
  readonly take: () => Input | null;
  /** What is taken up where nothing has happened: that time has passed. */
  readonly idle: Input;
  /** Takes it up. */
  readonly handle: (input: Input) => void;
  /** When the next turn is due: `now` where there is more to take up. */
  readonly nextWake: (now: number) => number;
  /** Is told of the end of a turn. */
  readonly onTurn: () => void;
  /** Takes up what is due by the time; false where the turns are to do it themselves, as by default. */
  readonly onTime?: () => boolean;
}

/** So long, in milliseconds, a turn goes on, so that others have theirs. */
const longestTurn = 10;

/** Makes the turns. No timer is set, and no time asked for, before the first. */
export function createTurns<Input>(options: TurnsOptions<Input>): Turns {
  const { clock, passed, take, handle } = options;
  // A timer that fires is believed: a clock that lags behind it must not hold up what is due.
  let now = 0;
  let wakeAt = Infinity;
  let cancelTimer = () => {};
  let isRunning = false;
  let isStopped = false;
  const tellTime = () => now = Math.max(now, passed());

  const run = () => {
    if (isRunning || isStopped) return;
    isRunning = true;
    const begin = tellTime();
    try {
      let input: Input | null = take() ?? options.idle;
      while (input !== null && !isStopped) {
        handle(input);
        if (tellTime() - begin > longestTurn) break;
        input = take();
      }
    } finally {
      isRunning = false;
    }
    options.onTurn();
    schedule();
  };
  const schedule = () => {
    if (isStopped) return;
    const next = options.nextWake(now);
    if (next === wakeAt) return;
    cancelTimer();
    wakeAt = next;
    cancelTimer = () => {};
    if (next === Infinity) return;
    const wake = () => {
      now = Math.max(now, next);
      wakeAt = Infinity;
      if (options.onTime?.() !== true) run();
    };
    const delay = Math.max(0, next - now);
    cancelTimer = clock.setTimer(wake, delay, options.keepsAlive);
  };
  return {
    now: () => now,
    run,
    hint: () => {
      if (!isRunning && wakeAt > now) schedule();
    },
    stop: () => {
      isStopped = true;
      cancelTimer();
    },
  };
}
