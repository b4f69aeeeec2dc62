import { chooseVariation } from "../bucket/choose_variation.ts";
import { getBucketRanges } from "../bucket/get_bucket_ranges.ts";
import { type Gate, makeGate } from "../evaluation/gate.ts";
import { compileHash } from "../hash/compile_hash.ts";
import type { Experiment } from "../types/experiment.ts";

/** Stops who has no value for the hash attribute. */
export const hashValueGate: Gate = makeGate({
  name: "hashValue",
  check: (evaluation) => evaluation.hashValue === "" ? "noHashValue" : null,
  detail: ({ hashAttribute }) => ({ expected: hashAttribute }),
});

/** Computes the bucket and, unless a sticky bucket has decided, finds the variation there. */
export function bucketGate(experiment: Experiment): Gate {
  const seed = experiment.seed || experiment.key;
  const version = experiment.hashVersion || 1;
  const hash = compileHash(seed, version);
  const ranges = experiment.ranges || getBucketRanges(
    experiment.variations.length,
    experiment.coverage,
    experiment.weights,
  );
  return makeGate({
    name: "bucket",
    check: (evaluation) => {
      if (hash === null) return "unknownHashVersion";
      const bucket = evaluation.bucket = hash(evaluation.hashValue);
      if (!evaluation.sticky) {
        evaluation.variation = chooseVariation(bucket, ranges);
      }
      return null;
    },
    detail: ({ hashAttribute, hashValue, bucket, variation }, verdict) => ({
      hashes: [{
        attribute: hashAttribute,
        value: hashValue,
        seed: String(seed),
        version,
        bucket: verdict === null ? bucket : null,
        ranges,
      }],
      ...(variation >= 0 ? { variation } : {}),
    }),
  });
}

/** Stops who has an assignment of a version that the experiment excludes. */
export const stickyVersionGate: Gate = makeGate({
  name: "stickyVersion",
  needsOptions: true,
  check: (evaluation) => evaluation.blocked ? "stickyVersionBlocked" : null,
});

/** Stops whose bucket belongs to no variation. */
export const coverageGate: Gate = makeGate({
  name: "coverage",
  check: (evaluation) => evaluation.variation < 0 ? "coverage" : null,
});
