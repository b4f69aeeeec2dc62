import { fault } from "../support/fault.ts";
import type { BanditLeaf } from "../types/experiment.ts";
import type { ExperimentResult } from "../types/result.ts";
import { type CompiledExperiment, variationAt } from "./compile_experiment.ts";
import type { CompiledVariation } from "./compile_variation.ts";

const malformedMeta = /* @__PURE__ */ fault("noMeta");

/**
 * The result of a user whose variation was settled. Out where there is no such variation. Throws
 * where the experiment has a list of meta without an entry for the variation. `chosen` is what is
 * reported of the variation, where that was found already.
 */
export function settledResult(
  compiled: CompiledExperiment,
  hashAttribute: string,
  hashValue: unknown,
  variation: number,
  chosen: CompiledVariation | null,
  bucket: number | null,
  stickyBucketUsed: boolean,
): ExperimentResult {
  // Written so that a count that is no number, of variations that are no list, excludes no user.
  const inExperiment = !(variation < 0 || variation >= compiled.count);
  const variationId = inExperiment ? variation : 0;
  const reported = inExperiment && chosen !== null
    ? chosen
    : variationAt(compiled, variationId);
  if (reported.isFaulty) throw malformedMeta;
  const { key, value, name, passthrough } = reported;
  const { featureId, leaf } = compiled;
  const hashUsed = bucket !== null;
  if (
    hashUsed && name !== undefined && passthrough === undefined && leaf === null
  ) {
    // The usual result is written out: adding to an object makes it twice.
    return {
      key,
      featureId,
      inExperiment,
      hashUsed,
      variationId,
      value,
      hashAttribute,
      hashValue,
      stickyBucketUsed,
      name,
      bucket,
    };
  }
  return {
    key,
    featureId,
    inExperiment,
    hashUsed,
    variationId,
    value,
    hashAttribute,
    hashValue,
    stickyBucketUsed,
    ...describeVariation(reported, bucket),
    ...(hashUsed && inExperiment ? describeLeaf(leaf) : {}),
  };
}

/** The result of a user who is not part of the experiment. */
export function excludedResult(
  compiled: CompiledExperiment,
  hashAttribute: string,
  hashValue: unknown,
  stickyBucketUsed: boolean,
): ExperimentResult {
  const reported = variationAt(compiled, 0);
  const { key, value } = reported;
  return {
    key,
    featureId: compiled.featureId,
    inExperiment: false,
    hashUsed: false,
    variationId: 0,
    value,
    hashAttribute,
    hashValue,
    stickyBucketUsed,
    ...describeVariation(reported, null),
  };
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

function describeVariation(
  { name, passthrough }: CompiledVariation,
  bucket: number | null,
): Partial<ExperimentResult> {
  return {
    ...(name === undefined ? {} : { name }),
    ...(bucket === null ? {} : { bucket }),
    ...(passthrough === undefined ? {} : { passthrough }),
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
