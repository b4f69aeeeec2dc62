import {
  checkSampleRatios,
  type SampleRatioCheck,
} from "../../core/events/projections/check_sample_ratios.ts";
import type { SampleRatio } from "../../core/events/projections/sample_ratio.ts";
import { formatTable } from "../cli/text/format_table.ts";
import { verdictTexts } from "../cli/log/verdict_texts.ts";

const columns = [
  { title: "experiment", share: 2, least: 10 },
  { title: "variation", share: 2 },
  { title: "users", share: 1, isNumber: true },
  { title: "share", share: 1, isNumber: true },
  { title: "expected", share: 1, isNumber: true },
  { title: "p-value", share: 1, isNumber: true },
  { title: "verdict", share: 2, least: 12 },
];

/** Lays out how many users saw each variation, and whether that is as it should be. */
export function formatSplits(
  state: SampleRatio,
  width: number | null,
): readonly string[] {
  return formatTable(columns, checkSampleRatios(state).flatMap(rowsOf), width);
}

function rowsOf(check: SampleRatioCheck): readonly (readonly string[])[] {
  const { experimentKey, variations, pValue, verdict } = check;
  const total = variations.reduce((sum, { users }) => sum + users, 0);
  const expected = variations.reduce(
    (sum, each) => sum + each.expectedUsers,
    0,
  );
  return variations.map((each, index) => [
    experimentKey,
    each.variationKey ?? String(each.variationId),
    String(each.users),
    percent(each.users / total),
    percent(each.expectedUsers / expected),
    index > 0 ? "" : pValue === null ? "-" : pValue.toPrecision(3),
    index > 0 ? "" : verdictTexts[verdict],
  ]);
}

function percent(share: number): string {
  return `${((share || 0) * 100).toFixed(1)} %`;
}
