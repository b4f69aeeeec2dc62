import { fault } from "../support/fault.ts";
import type { VariationMeta } from "../types/experiment.ts";
import type { JsonValue } from "../types/json.ts";
import type { ExperimentResult } from "../types/result.ts";
import type {
  CompiledExperiment,
  VariationSpan,
} from "./compile_experiment.ts";
import { unkept } from "./unkept.ts";

/**
 * The result of a user whose variation was found by the hash. Throws where the experiment has a list
 * of meta without an entry for the variation.
 */
export function usualResult(
  compiled: CompiledExperiment,
  { index: variationId, key, value, name, isUsual }: VariationSpan,
  hashAttribute: string,
  hashValue: unknown,
  bucket: number,
): ExperimentResult {
  if (!isUsual) {
    const found = { hashAttribute, hashValue, variation: variationId };
    return settledResult(compiled, { ...found, isSticky: false }, bucket);
  }
  // Written out: to add to an object makes it twice.
  return {
    key,
    featureId: compiled.featureId,
    inExperiment: true,
    hashUsed: true,
    variationId,
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
 * hash did that. Out where there is no such variation. The index need not be a number: what forces a
 * variation may be malformed, and is then reported as it is. Throws as `usualResult` does.
 */
export function settledResult(
  { viewed: { variations, meta, contextualBandit }, featureId }: Pick<
    CompiledExperiment,
    "viewed" | "featureId"
  >,
  { hashAttribute, hashValue, variation, isSticky }: Found,
  bucket: number | null,
): ExperimentResult {
  // Written so that a count that is no number, of variations that are no list, excludes no user.
  const inExperiment = !(variation < 0 || variation >= variations.length);
  const variationId = inExperiment ? variation : 0;
  // Of a user without a variation, what meta doesn't tell is left out.
  const entry = meta ? entryAt(meta, variationId) ?? null : {};
  if (entry === null && variation !== unkept.variation) throw malformedMeta;
  const { key, name, passthrough }: Partial<VariationMeta> = Object(entry);
  const hashUsed = bucket !== null;
  const result: Draft = {
    key: key || String(variationId),
    featureId,
    inExperiment,
    hashUsed,
    variationId,
    value: entryAt(variations, variationId) as JsonValue,
    hashAttribute,
    hashValue,
    stickyBucketUsed: hashUsed && isSticky,
  };
  if (name) result.name = name;
  if (hashUsed) result.bucket = bucket;
  if (passthrough) result.passthrough = passthrough;
  if (hashUsed && inExperiment && contextualBandit) {
    const { leafId, variationWeights, banditVersion } = contextualBandit;
    result.leafId = leafId;
    result.variationWeights = variationWeights;
    if (banditVersion !== undefined) result.banditVersion = banditVersion;
  }
  return result;
}

/** A result that is being made. */
type Draft = {
  -readonly [Name in keyof ExperimentResult]: ExperimentResult[Name];
};

/** The result of a user who is not part of the experiment. */
export function excludedResult(
  compiled: CompiledExperiment,
  hashAttribute: string,
  hashValue: unknown,
  stickyBucketUsed: boolean,
): ExperimentResult {
  const found = { ...unkept, hashAttribute, hashValue };
  return { ...settledResult(compiled, found, null), stickyBucketUsed };
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

const malformedMeta = /* @__PURE__ */ fault("noMeta");

function entryAt(list: NonNullable<unknown>, index: number): unknown {
  return Object.hasOwn(list, index)
    ? (list as { readonly [index: number]: unknown })[index]
    : undefined;
}
