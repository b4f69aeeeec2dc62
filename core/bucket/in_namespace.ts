import { type BucketHash, compileHash } from "../hash/compile_hash.ts";
import type { Namespace } from "../types/experiment.ts";
import { isInRanges } from "./is_in_ranges.ts";

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
  return isInRanges(compileNamespace(namespace), hashValue);
}

/** Gives the hash of a namespace, with the part of it that is occupied. */
export function compileNamespace(namespace: Namespace): BucketHash {
  const part = [namespace[1], namespace[2]] as const;
  return compileHash(`__${namespace[0]}`, 1, [part]);
}
