import { type BucketSpan, spanOf } from "../../bucket/bucket_span.ts";
import { chooseVariation } from "../../bucket/choose_variation.ts";
import { rangesOf } from "../../bucket/ranges_of.ts";
import type { BucketHash } from "../../hash/compile_hash.ts";
import { fault } from "../../support/fault.ts";
import { isList } from "../../support/is_list.ts";
import type { Experiment } from "../../types/experiment.ts";
import { compileHashing } from "../compile_hashing.ts";
import type { ExperimentOrigin, Gate } from "../gate.ts";
import { findsBucket } from "../step.ts";
import { describeFound, describeUserHash, type Facts } from "../facts.ts";

/** Computes the bucket and, unless a sticky bucket has decided, finds the variation there. */
export const bucket: Gate<Experiment, ExperimentOrigin> = {
  make: (experiment, { base }) => ({
    code: findsBucket,
    operand: compileBucketing(experiment, base),
  }),
};

const malformedWeights = /* @__PURE__ */ fault("badWeights");

/**
 * Tells how an experiment hashes, and which buckets belong to which variation: there are no ranges where
 * variations or weights can't be read. `base` is the experiment without the context's overrides, which say
 * nothing about its key and variations.
 */
export function compileBucketing(
  experiment: Experiment,
  base: Experiment,
): BucketHash {
  const ranges = rangesOf(experiment, base);
  return compileHashing(experiment, base.key, 1, ranges);
}

/** Gives the buckets of each variation; none where a range is no list. */
export function listSpans(
  { scale, ranges }: BucketHash,
): readonly BucketSpan[] {
  return isList(ranges) && Array.from(ranges).every(Array.isArray)
    ? ranges.map((range) => spanOf(range, scale))
    : [];
}

/** Finds the variation that a bucket belongs to in ranges of any kind; -1 where it belongs to none. */
export function searchVariation(
  { ranges }: BucketHash,
  bucket: number,
): number {
  if (ranges === null) throw malformedWeights;
  return chooseVariation(bucket, ranges);
}

/** Tells of the hash, and of the variation found there. */
export const bucketFacts: Facts<Experiment, ExperimentOrigin> = (
  { definition, origin, progress },
) => {
  const hash = compileBucketing(definition, origin.base);
  const target = { ranges: hash.ranges ?? [] };
  return {
    ...describeUserHash(hash, target, progress),
    ...describeFound(progress),
  };
};
