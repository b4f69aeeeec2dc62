import { inRange } from "../bucket/in_range.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import { type Gate, makeGate } from "../evaluation/gate.ts";
import { readHashValue } from "../evaluation/identify.ts";
import { type BucketHash, compileHash } from "../hash/compile_hash.ts";
import type { BucketRange, Filter } from "../types/experiment.ts";
import type { HashDetail } from "../types/explanation.ts";

/** A filter with its seed folded. */
interface CompiledFilter {
  readonly attribute: string;
  readonly seed: unknown;
  readonly version: number;
  readonly hash: BucketHash | null;
  readonly ranges: readonly BucketRange[];
}

/** Lets through whose hash is in a range of each of the filters. */
export function filterGate(filters: readonly Filter[]): Gate {
  if (!Array.isArray(filters)) throw new TypeError("filters is not an array");
  const compiled: readonly CompiledFilter[] = filters.map(compileFilter);
  return makeGate({
    name: "filters",
    unlessSticky: true,
    check: (evaluation) => {
      for (let index = 0; index < compiled.length; index++) {
        if (!passes(compiled[index]!, evaluation)) return "filter";
      }
      return null;
    },
    detail: (evaluation) => ({
      hashes: compiled.map((filter) => describe(filter, evaluation)),
    }),
  });
}

function compileFilter(filter: Filter): CompiledFilter {
  const version = filter.hashVersion || 2;
  return {
    attribute: filter.attribute || "id",
    seed: filter.seed,
    version,
    hash: compileHash(filter.seed, version),
    ranges: filter.ranges,
  };
}

function passes(filter: CompiledFilter, evaluation: Evaluation): boolean {
  const value = readHashValue(evaluation, filter.attribute);
  if (value === "" || filter.hash === null) return false;
  const bucket = filter.hash(value);
  return filter.ranges.some((range) => inRange(bucket, range));
}

function describe(filter: CompiledFilter, evaluation: Evaluation): HashDetail {
  const { attribute, seed, version, hash, ranges } = filter;
  const value = readHashValue(evaluation, attribute);
  const bucket = value === "" || hash === null ? null : hash(value);
  return { attribute, value, seed: String(seed), version, bucket, ranges };
}
