import { chooseVariation } from "../bucket/choose_variation.ts";
import { countVariations } from "../bucket/count_variations.ts";
import { getBucketRanges } from "../bucket/get_bucket_ranges.ts";
import type { Check } from "../evaluation/evaluation.ts";
import { fault } from "../support/fault.ts";
import type { BucketRange, Experiment } from "../types/experiment.ts";
import { compileHashing, type Hashing } from "./compile_hashing.ts";

/** How the buckets of an experiment come about, and which belong to which variation. */
export interface Bucketing extends Hashing {
  /** The range of each variation; null where variations or weights can't be read. */
  readonly ranges: readonly BucketRange[] | null;
}

const malformedWeights = /* @__PURE__ */ fault("badWeights");

/** Computes the bucket and, unless a sticky bucket has decided, finds the variation there. */
export function checkBucket(experiment: Experiment, base: Experiment): Check {
  const { hash, ranges } = compileBucketing(experiment, base);
  return (evaluation) => {
    if (hash === null) return "unknownHashVersion";
    const bucket = evaluation.bucket = hash(evaluation.hashValue);
    if (evaluation.sticky) return null;
    if (ranges === null) throw malformedWeights;
    evaluation.variation = chooseVariation(bucket, ranges);
    return null;
  };
}

/**
 * Tells how an experiment hashes. `base` is the experiment without the context's overrides, which
 * say nothing about its key and variations.
 */
export function compileBucketing(
  experiment: Experiment,
  base: Experiment,
): Bucketing {
  return {
    ...compileHashing(experiment, base.key, 1),
    ranges: experiment.ranges || rangesByWeight(experiment, base),
  };
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
