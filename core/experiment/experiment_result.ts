import type { Evaluation } from "../evaluation/evaluation.ts";
import { fault } from "../support/fault.ts";
import type { BanditLeaf } from "../types/experiment.ts";
import type { ExperimentResult } from "../types/result.ts";
import { type CompiledExperiment, variationAt } from "./compile_experiment.ts";
import type { CompiledVariation } from "./compile_variation.ts";

const malformedMeta = /* @__PURE__ */ fault(
  "noMeta",
);

/**
 * The result of a user whose variation was settled: by the hash or a sticky bucket, or without the
 * hash. Out where there is no such variation.
 */
export function settledResult(
  compiled: CompiledExperiment,
  evaluation: Evaluation,
  hashUsed: boolean,
): ExperimentResult {
  const { variation, sticky } = evaluation;
  // Written so that a count that is no number, of variations that are no list, excludes nobody.
  const inExperiment = !(variation < 0 || variation >= compiled.count);
  const index = inExperiment ? variation : 0;
  const reported = variationAt(compiled, index);
  // A list of meta that has no entry for a variation makes the variation one that can't be given.
  if (reported.isFaulty) throw malformedMeta;
  return report(
    compiled,
    evaluation,
    reported,
    index,
    inExperiment,
    hashUsed,
    hashUsed && sticky,
  );
}

/** The result of a user who is not part of the experiment. */
export function excludedResult(
  compiled: CompiledExperiment,
  evaluation: Evaluation,
): ExperimentResult {
  return report(
    compiled,
    evaluation,
    variationAt(compiled, 0),
    0,
    false,
    false,
    evaluation.verdict === "stickyVersionBlocked",
  );
}

/** The result of an experiment that can't be read. */
export const unreadableResult: ExperimentResult = /* @__PURE__ */ Object.freeze(
  {
    key: "0",
    featureId: null,
    inExperiment: false,
    hashUsed: false,
    variationId: 0,
    value: null,
    hashAttribute: "id",
    hashValue: "",
    stickyBucketUsed: false,
  },
);

function report(
  compiled: CompiledExperiment,
  evaluation: Evaluation,
  variation: CompiledVariation,
  index: number,
  inExperiment: boolean,
  hashUsed: boolean,
  stickyBucketUsed: boolean,
): ExperimentResult {
  const { key, value, name, passthrough } = variation;
  const { hashAttribute, hashValue, bucket } = evaluation;
  const { featureId, leaf } = compiled;
  if (
    name !== undefined && hashUsed && passthrough === undefined && leaf === null
  ) {
    // The usual result is written out: adding to an object makes it twice.
    return {
      key,
      featureId,
      inExperiment,
      hashUsed,
      variationId: index,
      value,
      hashAttribute,
      hashValue,
      stickyBucketUsed,
      name,
      bucket,
    };
  }
  const known = {
    key,
    featureId,
    inExperiment,
    hashUsed,
    variationId: index,
    value,
    hashAttribute,
    hashValue,
    stickyBucketUsed,
  };
  return {
    ...known,
    ...(name === undefined ? {} : { name }),
    ...(hashUsed ? { bucket } : {}),
    ...(passthrough === undefined ? {} : { passthrough }),
    ...(hashUsed && inExperiment ? describeLeaf(leaf) : {}),
  };
}

function describeLeaf(leaf: BanditLeaf | null): Partial<ExperimentResult> {
  if (leaf === null) return {};
  const { leafId, variationWeights, banditVersion } = leaf;
  return {
    leafId,
    variationWeights,
    ...(banditVersion === undefined ? {} : { banditVersion }),
  };
}
