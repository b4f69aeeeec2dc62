import { type BucketHash, compileHash } from "../hash/compile_hash.ts";

/** What is hashed with a user's value, and how. */
export interface Hashing {
  /** The seed. */
  readonly seed: unknown;
  /** The version. */
  readonly version: number;
  /** The hash with the seed folded; null for an unknown version. */
  readonly hash: BucketHash | null;
}

/** Compiles the hash that a definition asks for, where it doesn't say by the defaults. */
export function compileHashing(
  definition: { readonly seed?: string; readonly hashVersion?: number },
  defaultSeed: string,
  defaultVersion: number,
): Hashing {
  const seed = definition.seed || defaultSeed;
  const version = definition.hashVersion || defaultVersion;
  return { seed, version, hash: compileHash(seed, version) };
}
