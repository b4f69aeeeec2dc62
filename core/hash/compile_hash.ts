import type { BucketRange } from "../types/experiment.ts";
import { convertible } from "../support/is_list.ts";
import { fnvOffset, foldDecimal, foldText } from "./fnv1a.ts";

/** A hash with its seed folded, and what its buckets are held against. */
export interface BucketHash {
  /** The seed. */
  readonly seed: unknown;
  /** The version of the hash. */
  readonly version: unknown;
  /** How many buckets there are; 0 for a version that is not known. */
  readonly scale: 0 | 1_000 | 10_000;
  /** The seed as text. */
  readonly text: string;
  /** The state of the hash after the seed, for version 2, which begins with it. */
  readonly state: number;
  /** The ranges of buckets that count; null where others know. */
  readonly ranges: readonly BucketRange[] | null;
}

/** Folds the seed of a hash once. Versions other than 1 and 2 have no buckets. */
export function compileHash(
  seed: unknown,
  version: unknown,
  ranges: readonly BucketRange[] | null = null,
): BucketHash {
  const text = String(seed);
  return {
    seed,
    version,
    scale: version === 2 ? 10_000 : version === 1 ? 1_000 : 0,
    text,
    state: foldText(fnvOffset, text),
    ranges,
  };
}

/**
 * Hashes a value, already a string or to be read as one, to the number of a bucket, from 0 to below
 * the hash's scale. Throws where the value can't become a string.
 */
export function bucketOf(hash: BucketHash, value: unknown): number {
  if (typeof value !== "string") return bucketOfOther(hash, value);
  return hash.scale === 10_000
    ? (foldDecimal(fnvOffset, foldText(hash.state, value)) >>> 0) % 10_000
    : (foldText(foldText(fnvOffset, value), hash.text) >>> 0) % 1_000;
}

// The official SDK joins seed and value with `+`. Where neither is a text that makes a number, which
// it hashes as if it were nothing.
function bucketOfOther(hash: BucketHash, value: unknown): number {
  const own = String(convertible(value));
  const isNothing = typeof hash.seed !== "string" &&
    typeof ((hash.seed as string) + value) !== "string";
  return isNothing
    ? bucketOf(compileHash("", hash.version), "")
    : bucketOf(hash, own);
}

/** Hashes a value to a fraction from 0 to 1; null for a version that is not known. */
export function fractionOf(hash: BucketHash, value: unknown): number | null {
  const { scale } = hash;
  return scale === 0 ? null : bucketOf(hash, value) / scale;
}
