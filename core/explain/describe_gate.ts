import type {
  Evaluation,
  Gate,
  HashingFacts,
  Verdict,
} from "../evaluation/evaluation.ts";
import { readHashValue } from "../evaluation/identify.ts";
import { compileHash } from "../hash/compile_hash.ts";
import type { Namespace } from "../types/experiment.ts";
import type {
  GateDetail,
  GateExplanation,
  HashDetail,
} from "../types/explanation.ts";
import { tellFailure } from "./explain_condition.ts";

/** Tells what a gate said, and what it went by. */
export function describeGate(
  gate: Gate,
  verdict: Verdict,
  evaluation: Evaluation,
): GateExplanation {
  return {
    gate: gate.name,
    ...describeVerdict(verdict),
    ...describeSafely(gate, verdict, evaluation),
  };
}

function describeVerdict(
  verdict: Verdict,
): Pick<GateExplanation, "outcome" | "reason"> {
  if (verdict === null) return { outcome: "passed" };
  if (verdict === "decided") return { outcome: "decided" };
  return { outcome: "stopped", reason: verdict };
}

// What can't be told must not change what is decided.
function describeSafely(
  gate: Gate,
  verdict: Verdict,
  evaluation: Evaluation,
): GateDetail {
  try {
    return describeFacts(gate, verdict, evaluation);
  } catch {
    return {};
  }
}

function describeFacts(
  { name, facts }: Gate,
  verdict: Verdict,
  evaluation: Evaluation,
): GateDetail {
  const { condition, namespace, expected } = facts;
  const hashing = namespace ? [namespaceHashing(namespace)] : facts.hashing;
  const option = optionOf(name);
  const { variation, blocked, hashAttribute } = evaluation;
  const failure = condition === undefined || verdict === null
    ? undefined
    : tellFailure(condition, evaluation.attributes, evaluation);
  const settles = verdict === "decided" || settlingGates.includes(name);
  return {
    ...(failure === undefined ? {} : { failure }),
    ...(hashing === undefined
      ? {}
      : { hashes: hashing.map((facts) => describeHashing(facts, evaluation)) }),
    ...(settles && variation >= 0 ? { variation } : {}),
    ...(name === "hashValue" ? { expected: hashAttribute } : {}),
    ...(expected === undefined ? {} : { expected: describeExpected(expected) }),
    ...(option === null ? {} : { actual: evaluation.context[option] ?? null }),
    ...(name === "stickyBucket" && blocked ? { actual: "blocked" } : {}),
  };
}

/** The option of the context that a gate goes by. */
function optionOf(name: Gate["name"]): "url" | "groups" | null {
  if (name === "groups") return "groups";
  return name === "url" || name === "urlPatterns" ? "url" : null;
}

function namespaceHashing([id, start, end]: Namespace): HashingFacts {
  const seed = `__${id}`;
  const hash = compileHash(seed, 1);
  return { seed, version: 1, hash, ranges: [[start, end]] };
}

/** The gates that may leave a variation behind without deciding on it. */
const settlingGates: readonly Gate["name"][] = ["bucket", "stickyBucket"];

function describeHashing(
  facts: HashingFacts,
  evaluation: Evaluation,
): HashDetail {
  const { seed, version, hash, ranges, coverage } = facts;
  const attribute = facts.attribute ?? evaluation.hashAttribute;
  const value = facts.attribute === undefined
    ? evaluation.hashValue
    : readHashValue(evaluation, attribute);
  return {
    attribute,
    value,
    seed: String(seed),
    version,
    bucket: value === "" || hash === null ? null : hash(value),
    ranges,
    ...(coverage === undefined ? {} : { coverage }),
  };
}

function describeExpected(expected: unknown): unknown {
  return expected instanceof RegExp ? String(expected) : expected;
}
