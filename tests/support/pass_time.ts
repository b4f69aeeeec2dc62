import { setImmediate } from "node:timers";
import type { FakeTime } from "@std/testing/time";

/**
 * Lets fake time pass: goes from timer to timer, and lets promises settle before and after each, so
 * that what a promise starts also falls due. `FakeTime.tickAsync` does that only once, before the
 * clock moves. `isBusy` says whether there is work that takes real time, which is waited for.
 */
export async function passTime(
  time: FakeTime,
  milliseconds: number,
  isBusy: () => boolean = () => false,
): Promise<void> {
  await settle(isBusy);
  let hasPassed = false;
  setTimeout(() => hasPassed = true, milliseconds);
  while (!hasPassed) {
    time.next();
    await settle(isBusy);
  }
  // What is due by now because of a promise.
  time.tick(0);
  await settle(isBusy);
}

/** Lets fake time pass while something goes on, and gives what comes of that. */
export async function passDuring<Result>(
  time: FakeTime,
  milliseconds: number,
  going: Promise<Result>,
): Promise<Result> {
  await passTime(time, milliseconds);
  return await going;
}

/** Lets promises settle: a turn of the loop, without the 4 ms that `runMicrotasks` waits. */
async function settle(isBusy: () => boolean): Promise<void> {
  do await new Promise((resolve) => setImmediate(resolve)); while (isBusy());
}
