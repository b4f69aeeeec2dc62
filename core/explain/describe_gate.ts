import type { ConditionScope } from "../condition/condition_scope.ts";
import type {
  Evaluation,
  GateList,
  Verdict,
} from "../evaluation/evaluation.ts";
import { readHashValue } from "../evaluation/identify.ts";
import { compileBucketing } from "../gates/check_bucket.ts";
import { compileFilter } from "../gates/check_filters.ts";
import { compileHashing, type Hashing } from "../gates/compile_hashing.ts";
import type { ExperimentOrigin } from "../gates/experiment_gates.ts";
import { stickyAssignmentKey } from "../sticky/sticky_assignments.ts";
import type { BucketRange, Experiment } from "../types/experiment.ts";
import type {
  GateDetail,
  GateExplanation,
  GateName,
  HashDetail,
} from "../types/explanation.ts";
import type { FeatureRule } from "../types/feature.ts";
import { tellFailure } from "./explain_condition.ts";

/** Tells what a gate said, and what it went by. Parts of conditions are tested again in `scope`. */
export function describeGate(
  name: GateName,
  verdict: Verdict,
  list: GateList,
  evaluation: Evaluation,
  scope: ConditionScope,
): GateExplanation {
  return {
    gate: name,
    ...describeVerdict(verdict),
    ...describeSafely(name, verdict, list, evaluation, scope),
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
  name: GateName,
  verdict: Verdict,
  list: GateList,
  evaluation: Evaluation,
  scope: ConditionScope,
): GateDetail {
  try {
    return {
      ...describeFacts(name, verdict, list, evaluation, scope),
      ...describeVariation(name, verdict, evaluation),
    };
  } catch {
    return {};
  }
}

// A rule and an experiment use the same words for the same things, but not always the same gates.
function describeFacts(
  name: GateName,
  verdict: Verdict,
  { definition, origin }: GateList,
  evaluation: Evaluation,
  scope: ConditionScope,
): GateDetail {
  const { context, attributes, hashAttribute, hashValue } = evaluation;
  const experiment = definition as Experiment;
  const userHash = (facts: HashingFacts) => ({
    hashes: [describeHashing(facts, hashAttribute, hashValue)],
  });
  switch (name) {
    case "urlPatterns":
      return { expected: experiment.urlPatterns, actual: context.url ?? null };
    case "hashValue":
      return { expected: hashAttribute };
    case "stickyBucket":
      return {
        expected: stickyAssignmentKey(experiment),
        ...(evaluation.blocked ? { actual: "blocked" } : {}),
      };
    case "filters":
      return {
        hashes: experiment.filters!.map(compileFilter).map((filter) => {
          const value = readHashValue(evaluation, filter.attribute);
          return describeHashing(filter, filter.attribute, value);
        }),
      };
    case "namespace": {
      const [id, start, end] = experiment.namespace!;
      const hashing = compileHashing({}, `__${id}`, 1);
      return userHash({ ...hashing, ranges: [[start, end]] });
    }
    case "condition": {
      const failure = verdict === null
        ? undefined
        : tellFailure(experiment.condition, attributes, scope);
      return failure === undefined ? {} : { failure };
    }
    case "groups":
      return {
        expected: Array.from(experiment.groups!),
        actual: context.groups ?? null,
      };
    case "url":
      return {
        expected: describePattern(experiment.url),
        actual: context.url ?? null,
      };
    case "rollout": {
      const rule = definition as FeatureRule;
      const { range, coverage } = rule;
      const hashing = compileHashing(rule, origin as string, 1);
      return userHash(
        range
          ? { ...hashing, ranges: [range] }
          : { ...hashing, ranges: [], coverage },
      );
    }
    case "bucket":
      return userHash(
        compileBucketing(experiment, (origin as ExperimentOrigin).base),
      );
  }
  return {};
}

/** The gates that may leave a variation behind without deciding on it. */
const settlingGates: readonly GateName[] = ["bucket", "stickyBucket"];

function describeVariation(
  name: GateName,
  verdict: Verdict,
  { variation }: Evaluation,
): GateDetail {
  const settles = verdict === "decided" || settlingGates.includes(name);
  return settles && variation >= 0 ? { variation } : {};
}

/** How a hash comes about, and what it is held against. */
interface HashingFacts extends Hashing {
  /** The ranges that include; null where they can't be read. */
  readonly ranges: readonly BucketRange[] | null;
  /** The largest bucket that is included, for a rollout without a range. */
  readonly coverage?: number | undefined;
}

function describeHashing(
  { seed, version, hash, ranges, coverage }: HashingFacts,
  attribute: string,
  value: unknown,
): HashDetail {
  return {
    attribute,
    value,
    seed: String(seed),
    version,
    bucket: value === "" || hash === null ? null : hash(value),
    ranges: ranges ?? [],
    ...(coverage === undefined ? {} : { coverage }),
  };
}

function describePattern(pattern: unknown): unknown {
  return pattern instanceof RegExp ? String(pattern) : pattern;
}
