import { type BucketHash, fractionOf } from "../hash/compile_hash.ts";
import { inRange } from "./in_range.ts";

/** Tells whether the bucket of a value is in one of the ranges that its hash has. */
export function isInRanges(hash: BucketHash, value: unknown): boolean {
  const bucket = fractionOf(hash, value);
  return bucket !== null &&
    hash.ranges!.some((range) => inRange(bucket, range));
}
