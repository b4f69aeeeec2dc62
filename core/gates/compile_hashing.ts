import { type BucketHash, compileHash } from "../hash/compile_hash.ts";

/** Compiles the hash that a definition asks for, where it doesn't say by the defaults, with the ranges that count. */
export function compileHashing(
  { seed, hashVersion }: {
    readonly seed?: string;
    readonly hashVersion?: number;
  },
  defaultSeed: string,
  defaultVersion: number,
  ranges: BucketHash["ranges"],
): BucketHash {
  return compileHash(
    seed || defaultSeed,
    hashVersion || defaultVersion,
    ranges,
  );
}
