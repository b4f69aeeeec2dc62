import { compileHash, fractionOf } from "./compile_hash.ts";

/**
 * Hashes a value to a bucket, evenly spread and the same in every GrowthBook SDK.
 *
 * `seed` is the experiment's key as a rule, `value` the user's hash attribute as a string.
 * Version 2 gives multiples of 0.0001, version 1 (kept for experiments that started with it; its
 * seeds are not independent) multiples of 0.001.
 *
 * Returns a number from 0 up to but not including 1, or null for any other version.
 *
 * Source: 32-bit FNV-1a over UTF-16 code units; version 2 hashes the decimal digits of the first
 * hash again.
 *
 * @example
 * ```ts
 * import { hash } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(hash("checkout", "user-1", 2), 0.7893);
 * assertEquals(hash("checkout", "user-1", 1), 0.944);
 * assertEquals(hash("checkout", "user-1", 3), null);
 * ```
 */
export function hash(
  seed: string,
  value: string,
  version: number,
): number | null {
  return fractionOf(compileHash(seed, version), value);
}
