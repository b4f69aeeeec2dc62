import { inRange } from "../bucket/in_range.ts";
import type { Check, Evaluation } from "../evaluation/evaluation.ts";
import { readHashValue } from "../evaluation/identify.ts";
import { fault } from "../support/fault.ts";
import type { BucketRange, Filter } from "../types/experiment.ts";
import { compileHashing, type Hashing } from "./compile_hashing.ts";

/** A filter with its seed folded. */
export interface CompiledFilter extends Hashing {
  /** The attribute that is hashed. */
  readonly attribute: string;
  /** The ranges that include. */
  readonly ranges: readonly BucketRange[];
}

/** Lets through whose hash is in a range of each of the filters. */
export function checkFilters(
  { filters }: { readonly filters?: readonly Filter[] },
): Check | null {
  if (!filters) return null;
  if (!Array.isArray(filters)) throw fault("badFilters");
  const compiled: readonly CompiledFilter[] = filters.map(compileFilter);
  return (evaluation) => {
    for (let index = 0; index < compiled.length; index++) {
      if (!passes(compiled[index]!, evaluation)) return "filter";
    }
    return null;
  };
}

/** Compiles a filter. */
export function compileFilter(filter: Filter): CompiledFilter {
  return {
    ...compileHashing(filter, filter.seed, 2),
    attribute: filter.attribute || "id",
    ranges: filter.ranges,
  };
}

function passes(filter: CompiledFilter, evaluation: Evaluation): boolean {
  const value = readHashValue(evaluation, filter.attribute);
  if (value === "" || filter.hash === null) return false;
  const bucket = filter.hash(value);
  return filter.ranges.some((range) => inRange(bucket, range));
}
