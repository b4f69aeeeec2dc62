/** The buckets of a hash that belong together, by their numbers: `from` itself, but not `to`. */
export interface BucketSpan {
  /** The first bucket. */
  readonly from: number;
  /** The first bucket after it that is none of them. */
  readonly to: number;
}

/**
 * Finds the first of so many buckets of which something holds that holds of all after it too; the
 * number of buckets where it holds of none. Whole numbers compare faster than fractions, and take
 * less room; the answers are the same.
 */
export function firstBucket(
  scale: number,
  holds: (fraction: number) => boolean,
): number {
  let low = 0;
  let high = scale;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle / scale)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Gives the buckets of a range, which compares as JavaScript does, whatever stands in it. */
export function spanOf(
  [start, end]: readonly [start: number, end: number],
  scale: number,
): BucketSpan {
  return {
    from: firstBucket(scale, (fraction) => fraction >= start),
    to: firstBucket(scale, (fraction) => !(fraction < end)),
  };
}
