import type { FakeTime } from "@std/testing/time";
import { passTime as passIdleTime } from "../../../support/pass_time.ts";

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
 * Lets fake time pass, and waits for WebCrypto before and after each timer: a request that is being signed
 * is sent before the next timer falls due.
 */
export function passTime(time: FakeTime, milliseconds: number): Promise<void> {
  return passIdleTime(time, milliseconds, () => open > 0);
}
