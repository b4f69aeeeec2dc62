import { inRange } from "../bucket/in_range.ts";
import type {
  Evaluation,
  Gate,
  HashingFacts,
} from "../evaluation/evaluation.ts";
import { readHashValue } from "../evaluation/identify.ts";
import { fault } from "../support/fault.ts";
import { makeGate } from "../evaluation/pass_gates.ts";
import { compileHash } from "../hash/compile_hash.ts";
import type { Filter } from "../types/experiment.ts";

/** A filter with its seed folded. */
interface CompiledFilter extends HashingFacts {
  readonly attribute: string;
}

/** Lets through whose hash is in a range of each of the filters. */
export function filterGate(filters: readonly Filter[]): Gate {
  if (!Array.isArray(filters)) throw fault("badFilters");
  const hashing: readonly CompiledFilter[] = filters.map(compileFilter);
  return makeGate(
    "filters",
    (evaluation) => {
      for (let index = 0; index < hashing.length; index++) {
        if (!passes(hashing[index]!, evaluation)) return "filter";
      }
      return null;
    },
    { hashing },
  );
}

function compileFilter(filter: Filter): CompiledFilter {
  const { seed, ranges } = filter;
  const version = filter.hashVersion || 2;
  const hash = compileHash(seed, version);
  return { attribute: filter.attribute || "id", seed, version, hash, ranges };
}

function passes(filter: CompiledFilter, evaluation: Evaluation): boolean {
  const value = readHashValue(evaluation, filter.attribute);
  if (value === "" || filter.hash === null) return false;
  const bucket = filter.hash(value);
  return filter.ranges.some((range) => inRange(bucket, range));
}
