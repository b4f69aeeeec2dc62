import { fnvOffset, foldDecimal, foldText } from "./fnv1a.ts";

/** Hashes a value, already a string or to be read as one, to a bucket from 0 to 1. */
export type BucketHash = (value: unknown) => number;

/**
 * Makes the hash function of a seed and a version, with the seed folded once. Returns null for a
 * version other than 1 and 2. The function throws where the value can't become a string.
 */
export function compileHash(
  seed: unknown,
  version: unknown,
): BucketHash | null {
  const seedText = String(seed);
  const adds = isAddend(seed);
  if (version === 2) {
    const seeded = foldText(fnvOffset, seedText);
    return (value) => {
      const first =
        (adds && isAddend(value) ? fnvOffset : foldValue(seeded, value)) >>> 0;
      return ((foldDecimal(fnvOffset, first) >>> 0) % 10000) / 10000;
    };
  }
  if (version === 1) {
    return (value) => {
      if (adds && isAddend(value)) return ((fnvOffset >>> 0) % 1000) / 1000;
      const valued = foldValue(fnvOffset, value);
      return ((foldText(valued, seedText) >>> 0) % 1000) / 1000;
    };
  }
  return null;
}

// The official SDK joins seed and value with `+`. Where neither is a text that makes a number, which
// it hashes as if it were nothing.
function isAddend(value: unknown): boolean {
  return value === null || typeof value !== "string" &&
      typeof value !== "object";
}

function foldValue(state: number, value: unknown): number {
  if (typeof value === "string") return foldText(state, value);
  return foldText(state, String(value));
}
