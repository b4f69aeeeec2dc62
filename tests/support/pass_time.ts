import { setImmediate } from "node:timers";
import type { FakeTime } from "@std/testing/time";

/**
 * Lets fake time pass: goes from timer to timer, and lets promises settle before and after each, so
 * that what a promise starts also falls due. `FakeTime.tickAsync` does that only once, before the
 * clock moves.
 */
export async function passTime(
  time: FakeTime,
  milliseconds: number,
): Promise<void> {
  await settle();
  let hasPassed = false;
  setTimeout(() => hasPassed = true, milliseconds);
  while (!hasPassed) {
    time.next();
    await settle();
  }
  // What is due by now because of a promise.
  time.tick(0);
  await settle();
}

/** Lets promises settle: a turn of the loop, without the 4 ms that `runMicrotasks` waits. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
