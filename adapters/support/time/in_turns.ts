import type { Clock } from "./clock.ts";

/** How long a turn is, in milliseconds. */
const turn = 5;

/** So many steps are done before the clock is asked. */
const stepsAtOnce = 32;

/** What working in turns needs. */
export interface Turns {
  /** Waits for the next turn. */
  readonly clock: Pick<Clock, "setTimer">;
  /** How many milliseconds have passed since some moment. */
  readonly time: () => number;
  /** Tells that the work is of no use any more. */
  readonly isOver: () => boolean;
}

/**
 * Does the steps of a long piece of work, and lets others have their turn after each 5 ms. Gives what
 * comes of it, or null where it is of no use any more.
 */
export async function inTurns<Result>(
  steps: Generator<void, Result>,
  { clock, time, isOver }: Turns,
): Promise<Result | null> {
  let end = time() + turn;
  for (let count = 1;; count++) {
    const step = steps.next();
    if (step.done) return step.value;
    if (count % stepsAtOnce !== 0 || time() < end) continue;
    await new Promise<void>((resolve) => clock.setTimer(resolve, 0));
    if (isOver()) return null;
    end = time() + turn;
  }
}
