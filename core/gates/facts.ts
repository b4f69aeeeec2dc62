import type { Evaluation } from "../evaluation/evaluation.ts";
import type { Progress } from "../evaluation/trace.ts";
import { type BucketHash, fractionOf } from "../hash/compile_hash.ts";
import type {
  ConditionFailure,
  GateDetail,
  HashDetail,
} from "../types/explanation.ts";
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

/** What the bucket of a hash is held against. */
export type HashTarget = Pick<HashDetail, "ranges" | "coverage">;

/** Tells of the hash of an attribute's value. */
export function describeHash(
  hash: BucketHash,
  target: HashTarget,
  attribute: string,
  value: unknown,
): HashDetail {
  return {
    attribute,
    value,
    seed: String(hash.seed),
    version: hash.version as number,
    bucket: value === "" ? null : fractionOf(hash, value),
    ...target,
  };
}

/** Tells of the one hash of the user. */
export function describeUserHash(
  hash: BucketHash,
  target: HashTarget,
  { hashAttribute, hashValue }: Progress,
): GateDetail {
  return { hashes: [describeHash(hash, target, hashAttribute, hashValue)] };
}

/** Tells of the variation that was found, where one was. */
export function describeFound({ variation }: Progress): GateDetail {
  return variation >= 0 ? { variation } : {};
}
