import type { HashDetail } from "../../../core/mod.ts";
import { describeBucket, describeRange } from "./describe_range.ts";
import { describeName, describeValue } from "../text/describe_value.ts";

/** How many ranges are told. */
const most = 5;

/**
 * Tells in one phrase that a hash fell outside of what is included.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const hash = { attribute: "id", value: "7", seed: "cta", version: 2, bucket: 0.8, ranges: [] };
 * assertEquals(describeMiss({ ...hash, coverage: 0.5 }), 'bucket 0.8000 of "id" is above 0.5000');
 * ```
 */
export function describeMiss(hash: HashDetail): string {
  const { attribute, value, version, bucket, ranges, coverage } = hash;
  const name = `"${describeName(attribute)}"`;
  if (coverage === 0) return "the coverage is 0";
  if (value === "") return `${name} has no value`;
  if (bucket === null) {
    return `hash version ${describeValue(version)} is unknown`;
  }
  const place = `bucket ${describeBucket(bucket)} of ${name}`;
  return coverage === undefined
    ? `${place} is outside ${describeRanges(ranges)}`
    : `${place} is above ${describeBucket(coverage)}`;
}

function describeRanges(ranges: unknown): string {
  if (!Array.isArray(ranges)) return describeValue(ranges);
  const told = ranges.slice(0, most).map(describeRange);
  const rest = ranges.length - told.length;
  return told.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
