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
  await time.runMicrotasks();
  let hasPassed = false;
  setTimeout(() => hasPassed = true, milliseconds);
  while (!hasPassed) await time.nextAsync();
  await time.runMicrotasks();
  // What is due by now because of a promise.
  time.tick(0);
  await time.runMicrotasks();
}
