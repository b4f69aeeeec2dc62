import type {
  GateExplanation,
  HashDetail,
  PrerequisiteExplanation,
  RuleExplanation,
  SkipReason,
} from "../../../core/mod.ts";
import { describeFailure } from "./describe_failure.ts";
import { describeMiss } from "./describe_miss.ts";
import { describeName, describeValue } from "../text/describe_value.ts";
import { isInRange } from "./describe_range.ts";

/**
 * Tells in one phrase why a rule did not give its value: what its last gate saw.
 *
 * @example
 * ```ts
 * import { explainFeature } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const features = { banner: { rules: [{ condition: { country: "fr" }, force: "Bonjour" }] } };
 * const { rules } = explainFeature({ features, attributes: { country: "de" } }, "banner");
 * assertEquals(describeSkip(rules[0]!), 'country is "de", not "fr"');
 * ```
 */
export function describeSkip(rule: RuleExplanation): string {
  const { reason } = rule;
  if (reason === null) return "it applied";
  return (tellers[reason] ?? tellReason)(rule);
}

type Teller = (rule: RuleExplanation) => string;

const tellers: { readonly [Reason in SkipReason]?: Teller } = {
  malformed: ({ message }) => `it is malformed: ${describeName(message ?? "")}`,
  condition: (rule) => {
    const failure = lastGate(rule)?.failure;
    return failure === undefined
      ? "its condition does not hold"
      : describeFailure(failure);
  },
  prerequisite: tellPrerequisite,
  prerequisiteGate: tellPrerequisite,
  cyclicPrerequisite: (rule) => {
    const id = describeName(lastPrerequisite(rule)?.id ?? "");
    return `prerequisite ${id} depends on itself, or nests too deep`;
  },
  filter: tellFilter,
  namespace: tellFilter,
  noHashValue: (rule) => {
    const gate = lastGate(rule);
    const attribute = gate?.hashes?.[0]?.attribute ?? gate?.expected;
    return `"${describeName(attribute)}" has no value`;
  },
  unknownHashVersion: tellMiss,
  coverage: tellMiss,
  noVariations: () => "it has neither a value nor variations",
  tooFewVariations: () => "its experiment has fewer than two variations",
  disabled: () => "experiments are turned off",
  stickyVersionBlocked: () => "an older sticky bucket excludes the user",
  variationOutOfRange: () => "there is no such variation",
  passthrough: ({ experimentKey, result }) => {
    const key = describeName(result?.key ?? "");
    return `"${key}" of ${describeName(experimentKey)} lets the user go on`;
  },
};

function tellReason({ reason }: RuleExplanation): string {
  return `it was stopped by "${describeName(reason)}"`;
}

function tellPrerequisite(rule: RuleExplanation): string {
  const prerequisite = lastPrerequisite(rule);
  if (prerequisite === undefined) return "a prerequisite is not met";
  const { id, feature, failure } = prerequisite;
  const name = `prerequisite ${describeName(id)}`;
  return failure?.path === "value"
    ? describeFailure({ ...failure, path: name })
    : `${name} is ${describeValue(feature.result.value)}`;
}

// A filter lets through when the hash is in one of its ranges; the first that doesn't decided.
function tellFilter(rule: RuleExplanation): string {
  const missed = lastGate(rule)?.hashes?.find((hash) => !isIncluded(hash));
  if (missed === undefined) return tellReason(rule);
  const seed = describeName(missed.seed);
  const where = rule.reason === "namespace"
    ? `namespace "${seed.replace(/^__/, "")}"`
    : `filter "${seed}"`;
  return `${describeMiss(missed)} of ${where}`;
}

function isIncluded({ bucket, ranges }: HashDetail): boolean {
  return Array.isArray(ranges) &&
    ranges.some((range) => isInRange(bucket, range));
}

// An experiment computes the bucket at one gate, and stops users in no range at the next.
function tellMiss(rule: RuleExplanation): string {
  const gate = rule.gates.findLast(({ hashes }) => hashes !== undefined);
  const hash = gate?.hashes?.[0];
  return hash === undefined ? tellReason(rule) : describeMiss(hash);
}

function lastGate({ gates }: RuleExplanation): GateExplanation | undefined {
  return gates.at(-1);
}

function lastPrerequisite(
  rule: RuleExplanation,
): PrerequisiteExplanation | undefined {
  return lastGate(rule)?.prerequisites?.at(-1);
}
