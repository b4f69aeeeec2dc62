import { type BucketHash, compileHash } from "../hash/compile_hash.ts";
import type { Namespace } from "../types/experiment.ts";

/** A namespace with its seed folded. */
export interface CompiledNamespace {
  /** Hashes a value with the namespace's seed. */
  readonly hash: BucketHash;
  /** Whether a value falls into the namespace's part. */
  readonly test: (hashValue: unknown) => boolean;
}

/**
 * Tells whether a user falls into the part of a namespace that an experiment occupies. Experiments
 * with disjoint parts of one namespace never share a user.
 *
 * `hashValue` is the user's hash attribute as a string; `namespace` is `[id, start, end]`, the
 * bounds from 0 to 1, the end not included.
 *
 * @example
 * ```ts
 * import { inNamespace } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(inNamespace("user-1", ["pricing", 0, 0.5]), true);
 * assertEquals(inNamespace("user-1", ["pricing", 0.5, 1]), false);
 * ```
 */
export function inNamespace(hashValue: string, namespace: Namespace): boolean {
  return compileNamespace(namespace).test(hashValue);
}

/** Folds the seed of a namespace once. */
export function compileNamespace(namespace: Namespace): CompiledNamespace {
  const hash = compileHash(`__${namespace[0]}`, 1)!;
  const start = namespace[1];
  const end = namespace[2];
  const test = (value: unknown) => {
    const bucket = hash(value);
    return bucket >= start && bucket < end;
  };
  return { hash, test };
}
