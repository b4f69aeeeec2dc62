import type { Evaluation } from "../evaluation/evaluation.ts";
import type { Progress } from "../evaluation/trace.ts";
import { bucketOf } from "../hash/compile_hash.ts";
import type { BucketRange } from "../types/experiment.ts";
import type {
  ConditionFailure,
  GateDetail,
  HashDetail,
} from "../types/explanation.ts";
import type { Hashing } from "./compile_hashing.ts";
import type { Verdict } from "./step.ts";

/** What an explanation tells of a gate besides its verdict. May throw where that can't be told. */
export type Facts<Definition, Origin> = (
  subject: GateSubject<Definition, Origin>,
) => GateDetail;

/** A gate that was checked, and what it went by. */
export interface GateSubject<Definition, Origin> {
  /** The rule or the experiment. */
  readonly definition: Definition;
  /** What else the gate was made from. */
  readonly origin: Origin;
  /** What the gate said. */
  readonly verdict: Verdict;
  /** How far the user had come. */
  readonly progress: Progress;
  /** The evaluation, to be read. */
  readonly evaluation: Evaluation;
  /** Tells why a record fails a condition. */
  readonly tellFailure: (
    condition: unknown,
    record: unknown,
  ) => ConditionFailure | undefined;
}

/** How a hash comes about, and what it is held against. */
export interface HashingFacts extends Hashing {
  /** The ranges that include; null where they can't be read. */
  readonly ranges: readonly BucketRange[] | null;
  /** The largest bucket that is included, for a rollout without a range. */
  readonly coverage?: number | undefined;
}

/** Tells of the hash of an attribute's value. */
export function describeHashing(
  { seed, version, hash, ranges, coverage }: HashingFacts,
  attribute: string,
  value: unknown,
): HashDetail {
  return {
    attribute,
    value,
    seed: String(seed),
    version,
    bucket: value === "" || hash === null ? null : bucketOf(hash, value),
    ranges: ranges ?? [],
    ...(coverage === undefined ? {} : { coverage }),
  };
}

/** Tells of the one hash of the user. */
export function describeUserHash(
  facts: HashingFacts,
  { hashAttribute, hashValue }: Progress,
): GateDetail {
  return { hashes: [describeHashing(facts, hashAttribute, hashValue)] };
}

/** Tells of the variation that was found, where one was. */
export function describeFound({ variation }: Progress): GateDetail {
  return variation >= 0 ? { variation } : {};
}
