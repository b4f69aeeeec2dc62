import { setImmediate } from "node:timers";
import type { FakeTime } from "@std/testing/time";

const names = ["digest", "sign", "importKey"] as const;
let open = 0;

// WebCrypto works beside this thread and takes real time, however fake the clock is.
for (const name of names) {
  const original = crypto.subtle[name] as (
    ...values: readonly unknown[]
  ) => Promise<unknown>;
  Object.defineProperty(crypto.subtle, name, {
    configurable: true,
    value: async (...values: readonly unknown[]) => {
      open++;
      try {
        return await original.apply(crypto.subtle, [...values]);
      } finally {
        open--;
      }
    },
  });
}

/**
 * Lets fake time pass, from timer to timer, and lets promises settle before and after each, those of
 * WebCrypto too: a request that is being signed is sent before the next timer falls due.
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
  time.tick(0);
  await settle();
}

/** Lets promises settle. A turn of the loop is as long as what there is to do; `runMicrotasks` waits 4 ms. */
async function settle(): Promise<void> {
  do await new Promise((resolve) => setImmediate(resolve)); while (open > 0);
}
