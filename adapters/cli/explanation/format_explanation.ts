import type {
  ExperimentResult,
  FeatureExplanation,
  GateExplanation,
  PrerequisiteExplanation,
  RuleExplanation,
} from "../../../core/mod.ts";
import { describeApplication } from "./describe_application.ts";
import { describeName, describeValue } from "../text/describe_value.ts";
import { describeRule } from "./describe_rule.ts";
import { describeSkip } from "./describe_skip.ts";
import { formatFailure } from "./format_failure.ts";
import { formatHash } from "./format_hash.ts";
import { indentLines } from "../text/indent_lines.ts";
import { tellWhy } from "./tell_why.ts";

/**
 * Writes out an explanation for a terminal: the feature's value, each rule that was tried, each
 * gate that it was sent through with what it saw, and the parents, explained in the same way.
 *
 * Control characters in what the payload says are escaped. The text ends without a line break.
 *
 * @example
 * ```ts
 * import { explainFeature } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const features = { banner: { rules: [{ condition: { country: "fr" }, force: "Bonjour" }] } };
 * const explanation = explainFeature({ features, attributes: { country: "de" } }, "banner");
 * assertEquals(
 *   formatExplanation(explanation),
 *   `banner: null
 *   defaultValue: no rule applied: country is "de", not "fr"
 *   rule #1 skipped (condition): country is "de", not "fr"
 *     stopped  condition
 *       country equals: expected "fr", found "de"`,
 * );
 * ```
 */
export function formatExplanation(explanation: FeatureExplanation): string {
  return formatFeature(explanation).join("\n");
}

function formatFeature(explanation: FeatureExplanation): readonly string[] {
  const { key, result, rules, repeated } = explanation;
  const title = `${describeName(key)}: ${describeValue(result.value)}`;
  if (repeated) return [`${title} (explained above)`];
  return [
    title,
    `  ${result.source}: ${tellWhy(explanation)}`,
    ...indentLines(rules.flatMap(formatRule)),
  ];
}

function formatRule(rule: RuleExplanation): readonly string[] {
  const { experimentKey, outcome, reason, gates, result } = rule;
  const experiment = experimentKey === null
    ? ""
    : ` (experiment ${describeName(experimentKey)})`;
  const why = outcome === "applied"
    ? describeApplication(rule)
    : describeSkip(rule);
  const verdict = reason === null ? outcome : `${outcome} (${reason})`;
  return [
    `${describeRule(rule)}${experiment} ${verdict}: ${why}`,
    ...indentLines(formatGates(gates)),
    ...(result === undefined ? [] : [`  result   ${formatResult(result)}`]),
  ];
}

// Gates that were just passed share a line.
function formatGates(gates: readonly GateExplanation[]): readonly string[] {
  const lines: string[] = [];
  let passed: string[] = [];
  const endLine = () => {
    if (passed.length > 0) lines.push(`passed   ${passed.join(", ")}`);
    passed = [];
  };
  for (const gate of gates) {
    const details = formatDetails(gate);
    if (gate.outcome === "passed") passed.push(gate.gate);
    if (gate.outcome === "passed" && details.length === 0) continue;
    endLine();
    if (gate.outcome !== "passed") {
      lines.push(`${gate.outcome.padEnd(8)} ${gate.gate}`);
    }
    lines.push(...indentLines(details));
  }
  endLine();
  return lines;
}

function formatDetails(gate: GateExplanation): readonly string[] {
  const { outcome, variation, failure, hashes = [], prerequisites = [] } = gate;
  const { expected, actual } = gate;
  const lines: string[] = [];
  if (outcome === "stopped" && expected !== undefined) {
    lines.push(`expected ${describeValue(expected)}`);
    if (actual !== undefined) lines.push(`found ${describeValue(actual)}`);
  }
  if (failure !== undefined) lines.push(...formatFailure(failure));
  lines.push(...hashes.flatMap(formatHash));
  if (variation !== undefined) {
    lines.push(`variation ${describeValue(variation)}`);
  }
  return [...lines, ...prerequisites.flatMap(formatPrerequisite)];
}

function formatPrerequisite(
  prerequisite: PrerequisiteExplanation,
): readonly string[] {
  const { id, gate, passed, failure, feature } = prerequisite;
  const verdict = passed ? "passed" : "failed";
  return [
    `prerequisite ${describeName(id)}${gate ? " (gate)" : ""}: ${verdict}`,
    ...indentLines(failure === undefined ? [] : formatFailure(failure)),
    ...indentLines(formatFeature(feature)),
  ];
}

function formatResult(result: ExperimentResult): string {
  const { variationId, key, name, leafId, variationWeights } = result;
  return [
    `variation ${describeValue(variationId)}`,
    `key ${describeValue(key)}`,
    ...(name === undefined ? [] : [`name ${describeValue(name)}`]),
    ...(leafId === undefined ? [] : [
      `leaf ${describeValue(leafId)}`,
      `weights ${describeValue(variationWeights)}`,
    ]),
  ].join(", ");
}
