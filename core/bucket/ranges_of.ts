import type { BucketRange, Experiment } from "../types/experiment.ts";
import { countVariations } from "./count_variations.ts";
import { getBucketRanges } from "./get_bucket_ranges.ts";

/**
 * Gives the buckets of each variation of an experiment, by its ranges where it has any, which may be
 * malformed, else by its weights and coverage. Null where variations or weights can't be read. `base` is
 * the experiment without the context's overrides, which say nothing about its variations.
 */
export function rangesOf(
  { ranges, coverage, weights }: Experiment,
  base: Experiment,
): readonly BucketRange[] | null {
  if (ranges) return ranges;
  const count = countVariations(base);
  // What passes for a list by its length, but is none, can't be read; other things count as absent.
  return count === null ||
      weights && !Array.isArray(weights) && weights.length === count
    ? null
    : getBucketRanges(count, coverage, weights);
}
