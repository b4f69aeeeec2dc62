import type { Evaluation } from "../evaluation/evaluation.ts";
import { fault } from "../support/fault.ts";
import type { BanditLeaf } from "../types/experiment.ts";
import type { ExperimentResult } from "../types/result.ts";
import { type CompiledExperiment, variationAt } from "./compile_experiment.ts";
import type { CompiledVariation } from "./compile_variation.ts";

const malformedMeta = /* @__PURE__ */ fault(
  "noMeta",
);

/** The result of a user whose variation the hash, or a sticky bucket, decided. */
export function hashedResult(
  compiled: CompiledExperiment,
  evaluation: Evaluation,
): ExperimentResult {
  const index = evaluation.variation;
  // Written so that a count that is no number, of variations that are no list, excludes nobody.
  const inExperiment = !(index >= compiled.count);
  return report(
    compiled,
    evaluation,
    givenVariation(compiled, inExperiment ? index : 0),
    inExperiment ? index : 0,
    inExperiment,
    true,
    evaluation.sticky,
  );
}

/** The result of a user whose variation was settled without a hash: out where there is no such. */
export function settledResult(
  compiled: CompiledExperiment,
  evaluation: Evaluation,
): ExperimentResult {
  const index = evaluation.variation;
  const inExperiment = !(index < 0 || index >= compiled.count);
  return report(
    compiled,
    evaluation,
    givenVariation(compiled, inExperiment ? index : 0),
    inExperiment ? index : 0,
    inExperiment,
    false,
    false,
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

// A list of meta that has no entry for a variation makes the variation one that can't be given.
function givenVariation(
  compiled: CompiledExperiment,
  index: number,
): CompiledVariation {
  const variation = variationAt(compiled, index);
  if (variation.isFaulty) throw malformedMeta;
  return variation;
}

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
