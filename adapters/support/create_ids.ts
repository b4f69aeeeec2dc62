import { v7 } from "uuid";
import { systemClock } from "./time/clock.ts";

/** Where ids take their time and their random bytes from. */
export interface IdOptions {
  /** The time, in milliseconds since 1970; default the clock of the runtime. */
  readonly now?: () => number;
  /** Fills an array with random bytes; default those of the runtime, fit for secrets. */
  readonly fillRandom?: (bytes: Uint8Array<ArrayBuffer>) => void;
}

/**
 * Gives a function that makes ids: UUIDs of version 7 (RFC 9562). Those of one function sort, as
 * texts, in the order in which they were made, also within a millisecond (a counter in the bits of
 * `rand_a` and `rand_b`, method 1 of section 6.2) and where the clock goes back.
 *
 * @example
 * ```ts ignore
 * const createId = createIds();
 * createId() < createId(); // true
 * ```
 */
export function createIds(
  { now = systemClock.now, fillRandom = createSecureFill() }: IdOptions = {},
): () => string {
  let last = -Infinity;
  let sequence = 0;
  return () => {
    const random = new Uint8Array(16);
    fillRandom(random);
    const time = now();
    if (time > last) {
      last = time;
      // 31 random bits, so that the counter has room to grow.
      sequence = new DataView(random.buffer).getUint32(6) >>> 1;
    } else {
      sequence = sequence + 1 >>> 0;
      if (sequence === 0) last++;
    }
    return v7({ random, msecs: last, seq: sequence });
  };
}

// Asking the runtime costs more than all the rest of an id, so many are asked for at once.
function createSecureFill(): (bytes: Uint8Array<ArrayBuffer>) => void {
  const pool = new Uint8Array(4096);
  let used = pool.length;
  return (bytes) => {
    if (used + bytes.length > pool.length) {
      crypto.getRandomValues(pool);
      used = 0;
    }
    bytes.set(pool.subarray(used, used + bytes.length));
    used += bytes.length;
  };
}
