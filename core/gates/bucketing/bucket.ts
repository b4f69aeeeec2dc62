import { chooseVariation } from "../../bucket/choose_variation.ts";
import { countVariations } from "../../bucket/count_variations.ts";
import { getBucketRanges } from "../../bucket/get_bucket_ranges.ts";
import { fault } from "../../support/fault.ts";
import type { BucketRange, Experiment } from "../../types/experiment.ts";
import { compileHashing, type Hashing } from "../compile_hashing.ts";
import type { ExperimentOrigin, Gate } from "../gate.ts";
import { findsBucket } from "../step.ts";
import { describeFound, describeUserHash, type Facts } from "../facts.ts";

/** Computes the bucket and, unless a sticky bucket has decided, finds the variation there. */
export const bucket: Gate<Experiment, ExperimentOrigin> = {
  name: "bucket",
  needsOption: false,
  skippedBySticky: false,
  make: (experiment, { base }) => ({
    code: findsBucket,
    operand: compileBucketing(experiment, base),
  }),
};

/** How the buckets of an experiment come about, and which belong to which variation. */
export interface Bucketing extends Hashing {
  /** The range of each variation; null where variations or weights can't be read. */
  readonly ranges: readonly BucketRange[] | null;
  /** The same as one list of starts and ends; null where the ranges are no pairs of numbers. */
  readonly bounds: readonly number[] | null;
}

const malformedWeights = /* @__PURE__ */ fault("badWeights");

/**
 * Tells how an experiment hashes. `base` is the experiment without the context's overrides, which
 * say nothing about its key and variations.
 */
export function compileBucketing(
  experiment: Experiment,
  base: Experiment,
): Bucketing {
  const { seed, version, hash } = compileHashing(experiment, base.key, 1);
  const ranges = experiment.ranges || rangesByWeight(experiment, base);
  return { seed, version, hash, ranges, bounds: listBounds(ranges) };
}

/** Finds the variation that a bucket belongs to; -1 where it belongs to none. */
export function variationOf(
  { bounds, ranges }: Bucketing,
  bucket: number,
): number {
  if (bounds !== null) {
    for (let index = 0; index < bounds.length; index += 2) {
      if (bucket >= bounds[index]! && bucket < bounds[index + 1]!) {
        return index >> 1;
      }
    }
    return -1;
  }
  if (ranges === null) throw malformedWeights;
  return chooseVariation(bucket, ranges);
}

// What passes for a list by its length, but is none, can't be read; other things count as absent.
function rangesByWeight(
  { coverage, weights }: Experiment,
  base: Experiment,
): readonly BucketRange[] | null {
  const count = countVariations(base);
  if (count === null) return null;
  if (weights && !Array.isArray(weights) && weights.length === count) {
    return null;
  }
  return getBucketRanges(count, coverage, weights);
}

function listBounds(ranges: Bucketing["ranges"]): Bucketing["bounds"] {
  if (!Array.isArray(ranges) || !Array.from(ranges).every(isRange)) return null;
  return ranges.flatMap(([start, end]: BucketRange) => [start, end]);
}

function isRange(range: unknown): boolean {
  return Array.isArray(range) && typeof range[0] === "number" &&
    typeof range[1] === "number";
}

/** Tells of the hash, and of the variation found there. */
export const bucketFacts: Facts<Experiment, ExperimentOrigin> = (
  { definition, origin, progress },
) => ({
  ...describeUserHash(compileBucketing(definition, origin.base), progress),
  ...describeFound(progress),
});
