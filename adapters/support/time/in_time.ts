import type { Clock } from "./clock.ts";
import { untilAborted } from "../promises/until_aborted.ts";

/** How long to wait for an answer, and what ends the wait before that. */
export interface Wait {
  /** What is waited for, for people. */
  readonly what: string;
  /** The longest wait, in milliseconds. */
  readonly timeout: number;
  /** Ends the wait; nothing but the time does where there is none. */
  readonly ended?: AbortSignal;
  /** Sets the timer. */
  readonly clock: Clock;
  /** Whether the timer keeps a process from ending; true by default. */
  readonly keepsAlive?: boolean;
}

/**
 * Gives what an action gives. Where that takes too long, or the wait is ended, it rejects with an
 * `Error`, and the signal that the action was given is aborted. What the action comes to after that is
 * ignored, and no timer or listener outlives the wait.
 */
export async function inTime<Value>(
  action: (signal: AbortSignal) => Value | Promise<Value>,
  { what, timeout, ended, clock, keepsAlive = true }: Wait,
): Promise<Value> {
  const leaving = new AbortController();
  const { signal } = leaving;
  const leave = () => leaving.abort();
  const giveUp = () =>
    leaving.abort(
      new Error(`Cannot wait for ${what} any longer than ${timeout} ms`),
    );
  const cancel = clock.setTimer(giveUp, timeout, keepsAlive);
  ended?.addEventListener("abort", leave);
  if (ended?.aborted) leave();
  try {
    signal.throwIfAborted();
    return await untilAborted(action(signal), signal);
  } finally {
    cancel();
    ended?.removeEventListener("abort", leave);
  }
}
