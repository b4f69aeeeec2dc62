import type { FeatureExplanation } from "../../../core/mod.ts";
import { describeName, describeValue } from "../text/describe_value.ts";
import { formatTable, type TableColumn } from "../text/format_table.ts";
import { tellWhy } from "./tell_why.ts";

const columns: readonly TableColumn[] = [
  { title: "feature", share: 3, least: 16 },
  { title: "value", share: 2, least: 8 },
  // It has one of few values, which are worth reading.
  { title: "source", share: 20, least: 18 },
  { title: "rule", share: 2, least: 6 },
  { title: "why", share: 4, least: 20 },
];

/**
 * Lays out evaluated features as a table, a row for each: key, value, source, rule and why. It has
 * at most `width` columns; with null, as many as it needs.
 *
 * @example
 * ```ts
 * import { explainFeature } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const features = { dark: { defaultValue: true } };
 * assertEquals(formatResults([explainFeature({ features }, "dark")], null), [
 *   "feature  value  source        rule  why",
 *   "-------  -----  ------------  ----  ---------------",
 *   "dark     true   defaultValue        it has no rules",
 * ]);
 * ```
 */
export function formatResults(
  explanations: readonly FeatureExplanation[],
  width: number | null,
): readonly string[] {
  return formatTable(columns, explanations.map(describeResult), width);
}

function describeResult(explanation: FeatureExplanation): readonly string[] {
  const { key, result } = explanation;
  return [
    describeName(key),
    describeValue(result.value),
    result.source,
    describeDecidingRule(explanation),
    tellWhy(explanation),
  ];
}

function describeDecidingRule({ rules }: FeatureExplanation): string {
  const last = rules.at(-1);
  if (last === undefined || last.outcome === "skipped") return "";
  return last.ruleId === "" ? `#${last.index + 1}` : describeName(last.ruleId);
}
