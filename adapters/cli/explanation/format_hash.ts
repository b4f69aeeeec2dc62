import type { HashDetail } from "../../../core/mod.ts";
import { describeBucket, describeRange, isInRange } from "./describe_range.ts";
import { describeName, describeValue } from "../text/describe_value.ts";
import { indentLines } from "../text/indent_lines.ts";

/**
 * Writes out a hash: what was hashed, the bucket, and the ranges that it was held against, with an
 * arrow at the one it is in, as lines of text.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const hash = { attribute: "id", value: "7", seed: "cta", version: 2, bucket: 0.7 };
 * assertEquals(formatHash({ ...hash, ranges: [[0, 0.5], [0.5, 1]] }), [
 *   'bucket 0.7000: hash of id "7" with seed "cta", version 2',
 *   "  0: 0.0000-0.5000",
 *   "  1: 0.5000-1.0000 <-",
 * ]);
 * ```
 */
export function formatHash(hash: HashDetail): readonly string[] {
  const { attribute, value, seed, version, bucket, ranges, coverage } = hash;
  const place = bucket === null
    ? "no bucket"
    : `bucket ${describeBucket(bucket)}`;
  const held = Array.isArray(ranges)
    ? ranges.map((range, index) =>
      `${index}: ${describeRange(range)}` +
      (isInRange(bucket, range) ? " <-" : "")
    )
    : [describeValue(ranges)];
  return [
    `${place}: hash of ${describeName(attribute)} ${describeValue(value)} ` +
    `with seed ${describeValue(seed)}, version ${describeValue(version)}`,
    ...indentLines(held),
    ...indentLines(
      coverage === undefined ? [] : [`coverage ${describeBucket(coverage)}`],
    ),
  ];
}
