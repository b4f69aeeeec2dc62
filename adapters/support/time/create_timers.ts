import type { Clock } from "./clock.ts";

/** Timers by name: one of each. */
export interface Timers<Name> {
  /** Whether there is one of that name. */
  readonly has: (name: Name) => boolean;
  /** Sets one, in place of the one of that name. */
  readonly set: (
    name: Name,
    action: () => void,
    milliseconds: number,
    keepsAlive?: boolean,
  ) => void;
  /** Calls one off, where there is one. */
  readonly cancel: (name: Name) => void;
  /** Calls off all. */
  readonly stop: () => void;
}

/** Makes timers by a clock; by default they keep a process alive, as the clock's do. */
export function createTimers<Name>(
  clock: Pick<Clock, "setTimer">,
): Timers<Name> {
  const cancels = new Map<Name, () => void>();
  const cancel = (name: Name) => {
    cancels.get(name)?.();
    cancels.delete(name);
  };
  return {
    has: (name) => cancels.has(name),
    set: (name, action, milliseconds, keepsAlive) => {
      cancel(name);
      const run = () => {
        cancels.delete(name);
        action();
      };
      cancels.set(name, clock.setTimer(run, milliseconds, keepsAlive));
    },
    cancel,
    stop: () => [...cancels.keys()].forEach(cancel),
  };
}
