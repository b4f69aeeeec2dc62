import type { FeatureExplanation } from "../../../core/mod.ts";
import { describeName } from "../text/describe_name.ts";
import { describeValue } from "../text/describe_value.ts";
import { formatTable } from "../text/format_table.ts";
import type { TableColumn } from "../text/table_column.ts";
import { tellWhy } from "./tell_why.ts";

const columns: readonly TableColumn[] = [
  { title: "feature", share: 3 },
  { title: "value", share: 2 },
  // Never cut where that can be avoided: it has one of few values, which are worth reading.
  { title: "source", share: 20 },
  { title: "rule", share: 2 },
  { title: "why", share: 4 },
];

/**
 * Lays out evaluated features as a table, a row for each: key, value, source, rule and why. It is
 * cut to `width` columns; with null it isn't.
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
