import { inRange } from "../../../core/mod.ts";

/**
 * Tells whether a bucket that is told is in a range that is told. False where one of them is not
 * what it should be.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isInRange(0.5, [0, 0.5]), false);
 * assertEquals(isInRange(null, [0, 0.5]), false);
 * ```
 */
export function isInRange(bucket: number | null, range: unknown): boolean {
  if (bucket === null || !Array.isArray(range)) return false;
  return inRange(bucket, [range[0], range[1]]);
}
