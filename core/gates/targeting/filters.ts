import { isInRanges } from "../../bucket/is_in_ranges.ts";
import type { Evaluation } from "../../evaluation/evaluation.ts";
import { readHashValue } from "../../evaluation/identify.ts";
import type { BucketHash } from "../../hash/compile_hash.ts";
import { fault } from "../../support/fault.ts";
import { isList } from "../../support/is_list.ts";
import type { Filter } from "../../types/experiment.ts";
import { compileHashing } from "../compile_hashing.ts";
import type { Gate } from "../gate.ts";
import { describeHash, type Facts } from "../facts.ts";

/** Lets through users whose hash is in a range of each of the filters. */
export const filters: Gate<Filtered, unknown> = {
  skippedBySticky: true,
  make: ({ filters }) => {
    if (!filters) return null;
    if (!isList(filters)) throw fault("badFilters");
    const compiled: readonly CompiledFilter[] = filters.map(compileFilter);
    return (evaluation) =>
      compiled.every((filter) => passes(filter, evaluation));
  },
};

interface Filtered {
  readonly filters?: readonly Filter[];
}

/** A filter with its seed folded. */
interface CompiledFilter {
  /** The hash, with the ranges that include. */
  readonly hash: BucketHash;
  /** The attribute that is hashed. */
  readonly attribute: string;
}

function compileFilter(filter: Filter): CompiledFilter {
  const ranges = isList(filter.ranges) ? filter.ranges : null;
  return {
    hash: compileHashing(filter, filter.seed, 2, ranges),
    attribute: filter.attribute || "id",
  };
}

function passes(
  { attribute, hash }: CompiledFilter,
  evaluation: Evaluation,
): boolean {
  const value = readHashValue(evaluation.attributes, attribute);
  return value !== "" && isInRanges(hash, value);
}

/** Tells of the hash of each filter. */
export const filtersFacts: Facts<Filtered, unknown> = (
  { definition, evaluation },
) => ({
  hashes: definition.filters!.map(compileFilter).map(({ hash, attribute }) => {
    const value = readHashValue(evaluation.attributes, attribute);
    const target = { ranges: hash.ranges ?? [] };
    return describeHash(hash, target, attribute, value);
  }),
});
