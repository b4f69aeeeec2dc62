import { fault } from "../support/fault.ts";
import type { BanditLeaf } from "../types/experiment.ts";
import type { ExperimentResult } from "../types/result.ts";
import { type CompiledExperiment, variationAt } from "./compile_experiment.ts";
import type { CompiledVariation } from "./compile_variation.ts";

const malformedMeta = /* @__PURE__ */ fault("noMeta");

/**
 * The result of a user whose variation was found by the hash. Throws where the experiment has a list
 * of meta without an entry for the variation.
 */
export function usualResult(
  compiled: CompiledExperiment,
  chosen: CompiledVariation,
  hashAttribute: string,
  hashValue: unknown,
  bucket: number,
): ExperimentResult {
  const { featureId } = compiled;
  const { index, key, value, name, isUsual } = chosen;
  if (!isUsual) {
    const found = { hashAttribute, hashValue, variation: index };
    return settledResult(compiled, { ...found, isSticky: false }, bucket);
  }
  // Written out: adding to an object makes it twice.
  return {
    key,
    featureId,
    inExperiment: true,
    hashUsed: true,
    variationId: index,
    value,
    hashAttribute,
    hashValue,
    stickyBucketUsed: false,
    name: name!,
    bucket,
  };
}

/** What was found out about a user. */
interface Found {
  readonly hashAttribute: string;
  readonly hashValue: unknown;
  readonly variation: number;
  readonly isSticky: boolean;
}

/**
 * The result of a user whose variation was settled, without a bucket where something else than the
 * hash did that. Out where there is no such variation. Throws as `usualResult` does.
 */
export function settledResult(
  compiled: CompiledExperiment,
  { hashAttribute, hashValue, variation, isSticky }: Found,
  bucket: number | null,
): ExperimentResult {
  // Written so that a count that is no number, of variations that are no list, excludes no user.
  const inExperiment = !(variation < 0 || variation >= compiled.count);
  const variationId = inExperiment ? variation : 0;
  const reported = variationAt(compiled, variationId);
  if (reported.passthrough === null) throw malformedMeta;
  const { key, value } = reported;
  const hashUsed = bucket !== null;
  return {
    key,
    featureId: compiled.featureId,
    inExperiment,
    hashUsed,
    variationId,
    value,
    hashAttribute,
    hashValue,
    stickyBucketUsed: hashUsed && isSticky,
    ...describeVariation(reported, bucket),
    ...(hashUsed && inExperiment ? describeLeaf(compiled.leaf) : {}),
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
    ...(passthrough ? { passthrough } : {}),
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
