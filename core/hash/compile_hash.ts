import { fnvOffset, foldDecimal, foldText } from "./fnv1a.ts";

/** A hash with its seed folded. */
export interface BucketHash {
  /** The version of the hash. */
  readonly version: 1 | 2;
  /** The seed as text. */
  readonly seed: string;
  /** The state of the hash after the seed, for version 2, which begins with it. */
  readonly state: number;
  /** Whether the seed is such that one joined with a value that is alike makes a number. */
  readonly adds: boolean;
}

/** Folds the seed of a hash once; null for a version other than 1 and 2. */
export function compileHash(
  seed: unknown,
  version: unknown,
): BucketHash | null {
  if (version !== 1 && version !== 2) return null;
  const text = String(seed);
  return {
    version,
    seed: text,
    state: foldText(fnvOffset, text),
    adds: isAddend(seed),
  };
}

/**
 * Hashes a value, already a string or to be read as one, to a bucket from 0 to 1. Throws where the
 * value can't become a string.
 */
export function bucketOf(
  { version, seed, state, adds }: BucketHash,
  value: unknown,
): number {
  if (adds && isAddend(value)) return bucketOfNothing(version);
  const text = typeof value === "string" ? value : String(value);
  if (version === 2) {
    const first = foldText(state, text) >>> 0;
    return ((foldDecimal(fnvOffset, first) >>> 0) % 10000) / 10000;
  }
  return ((foldText(foldText(fnvOffset, text), seed) >>> 0) % 1000) / 1000;
}

// The official SDK joins seed and value with `+`. Where neither is a text that makes a number, which
// it hashes as if it were nothing.
function isAddend(value: unknown): boolean {
  return value === null || typeof value !== "string" &&
      typeof value !== "object";
}

function bucketOfNothing(version: 1 | 2): number {
  return version === 1
    ? ((fnvOffset >>> 0) % 1000) / 1000
    : ((foldDecimal(fnvOffset, fnvOffset >>> 0) >>> 0) % 10000) / 10000;
}
