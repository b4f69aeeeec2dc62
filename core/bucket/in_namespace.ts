import {
  type BucketHash,
  compileHash,
  fractionOf,
} from "../hash/compile_hash.ts";
import type { Namespace } from "../types/experiment.ts";

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
  return isInNamespace(compileNamespace(namespace), hashValue);
}

/** A namespace with its seed folded. */
export interface CompiledNamespace {
  /** The hash with the namespace's seed. */
  readonly hash: BucketHash;
  /** Where the part of the namespace begins. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
}

/** Folds the seed of a namespace once. */
export function compileNamespace(namespace: Namespace): CompiledNamespace {
  return {
    hash: compileHash(`__${namespace[0]}`, 1),
    start: namespace[1],
    end: namespace[2],
  };
}

/** Tells whether a value falls into the namespace's part. */
export function isInNamespace(
  { hash, start, end }: CompiledNamespace,
  hashValue: unknown,
): boolean {
  const bucket = fractionOf(hash, hashValue)!;
  return bucket >= start && bucket < end;
}
