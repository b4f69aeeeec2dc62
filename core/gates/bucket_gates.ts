import { chooseVariation } from "../bucket/choose_variation.ts";
import { countVariations } from "../bucket/count_variations.ts";
import { getBucketRanges } from "../bucket/get_bucket_ranges.ts";
import type { Gate } from "../evaluation/evaluation.ts";
import { fault } from "../support/fault.ts";
import { makeGate } from "../evaluation/pass_gates.ts";
import { compileHash } from "../hash/compile_hash.ts";
import type { BucketRange, Experiment } from "../types/experiment.ts";

/** Stops who has no value for the hash attribute. */
export const hashValueGate: Gate = /* @__PURE__ */ makeGate(
  "hashValue",
  (evaluation) => evaluation.hashValue === "" ? "noHashValue" : null,
);

/**
 * Computes the bucket and, unless a sticky bucket has decided, finds the variation there. `base` is
 * the experiment without the context's overrides, which say nothing about its key and variations.
 */
export function bucketGate(experiment: Experiment, base: Experiment): Gate {
  const seed = experiment.seed || base.key;
  const version = experiment.hashVersion || 1;
  const hash = compileHash(seed, version);
  const ranges = experiment.ranges ||
    rangesByWeight(experiment, base);
  return makeGate("bucket", (evaluation) => {
    if (hash === null) return "unknownHashVersion";
    const bucket = evaluation.bucket = hash(evaluation.hashValue);
    if (evaluation.sticky) return null;
    if (ranges === null) throw malformedWeights;
    evaluation.variation = chooseVariation(bucket, ranges);
    return null;
  }, {
    hashing: [{ seed, version, hash, ranges: ranges ?? [] }],
  });
}

const malformedWeights = /* @__PURE__ */ fault(
  "badWeights",
);

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

/** Stops who has an assignment of a version that the experiment excludes. */
export const stickyVersionGate: Gate = /* @__PURE__ */ makeGate(
  "stickyVersion",
  (evaluation) => evaluation.blocked ? "stickyVersionBlocked" : null,
);

/** Stops whose bucket belongs to no variation. */
export const coverageGate: Gate = /* @__PURE__ */ makeGate(
  "coverage",
  (evaluation) => evaluation.variation < 0 ? "coverage" : null,
);
