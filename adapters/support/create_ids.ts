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
  const random = new Uint8Array(16);
  const bytes = new Uint8Array(16);
  return () => {
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
    return writeId(v7({ random, msecs: last, seq: sequence }, bytes));
  };
}

const digits = [..."0123456789abcdef"].map((digit) => digit.charCodeAt(0));
const dash = 45;

// At once, in a quarter of the time, and of the memory, that putting pieces together takes.
function writeId(bytes: Uint8Array): string {
  const high = (index: number) => digits[bytes[index]! >> 4]!;
  const low = (index: number) => digits[bytes[index]! & 15]!;
  // deno-fmt-ignore
  return String.fromCharCode(
    high(0), low(0), high(1), low(1), high(2), low(2), high(3), low(3), dash,
    high(4), low(4), high(5), low(5), dash,
    high(6), low(6), high(7), low(7), dash,
    high(8), low(8), high(9), low(9), dash,
    high(10), low(10), high(11), low(11), high(12), low(12),
    high(13), low(13), high(14), low(14), high(15), low(15),
  );
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
    for (let index = 0; index < bytes.length; index++) {
      bytes[index] = pool[used++]!;
    }
  };
}
