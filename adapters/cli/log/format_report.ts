import type { LogReport, ReportedExperiment } from "./build_report.ts";
import { describeName, describeValue } from "../text/describe_value.ts";
import { formatTable, type TableColumn } from "../text/format_table.ts";
import { wrapLines } from "../text/wrap_text.ts";
import { verdictTexts } from "./verdict_texts.ts";

/** Writes a report as text: the experiments, the features and the consumers of a log. */
export function formatReport(
  report: LogReport,
  width: number | null,
): string {
  const { events, from, to, types, experiments } = report;
  const kinds = Object.entries(types)
    .map(([type, count]) => `${group(count)} ${describeName(type)}`);
  const lines = [
    `events  ${group(events)}`,
    ...from === null ? [] : [`from    ${from}`, `to      ${to}`],
    ...kinds.map((kind, index) =>
      `${index === 0 ? "types " : "      "}  ${kind}`
    ),
    ...experiments.flatMap((each) => ["", ...formatExperiment(each, width)]),
    ...section("features", formatFeatures(report, width)),
    ...section("consumers", formatConsumers(report, width)),
  ];
  return wrapLines(lines.map((line) => `${line}\n`).join(""), width);
}

function formatExperiment(
  experiment: ReportedExperiment,
  width: number | null,
): readonly string[] {
  const { verdict, pValue, users, crossedUsers, keptUsers } = experiment;
  const counted = experiment.variations.reduce(
    (sum, variation) => sum + variation.users,
    0,
  );
  const rows = experiment.variations.map((variation, index) => [
    describeVariation(variation),
    group(experiment.exposures[index] ?? 0),
    group(variation.users),
    percent(variation.expectedUsers, counted),
    percent(variation.users, counted),
  ]);
  const apart = [
    crossedUsers === 0 ? [] : [`${group(crossedUsers)} in several variations`],
    keptUsers === 0 ? [] : [`${group(keptUsers)} by sticky buckets alone`],
  ].flat();
  const { experimentKey, phase } = experiment;
  return [
    [
      `experiment ${describeName(experimentKey)}`,
      ...phase === null ? [] : [`phase ${describeName(phase)}`],
    ].join(", "),
    `  verdict  ${verdictTexts[verdict]}`,
    `  p-value  ${pValue === null ? "none" : pValue.toPrecision(3)}`,
    `  users    ${[group(users), ...apart].join(", ")}`,
    ...formatTable(
      [
        { title: "variation", share: 1 },
        ...numbers("exposures", "users", "expected", "actual"),
      ],
      rows,
      width === null ? null : width - 2,
    ).map((line) => `  ${line}`),
  ];
}

function formatFeatures(
  { features }: LogReport,
  width: number | null,
): readonly string[] {
  if (features.length === 0) return [];
  const rows = features.map(({ featureKey, value, source, ruleId, count }) => [
    describeName(featureKey),
    describeValue(value),
    source,
    describeName(ruleId),
    group(count),
  ]);
  return formatTable(
    [
      ...texts("feature", "value", "source", "rule"),
      ...numbers("evaluations"),
    ],
    rows,
    width,
  );
}

function formatConsumers(
  { consumers }: LogReport,
  width: number | null,
): readonly string[] {
  if (consumers.length === 0) return [];
  const rows = consumers.map((consumer) => [
    describeName(consumer.name),
    group(consumer.checkpoint),
    group(consumer.waiting),
    consumer.waitingSince ?? "",
    group(consumer.parked),
  ]);
  return formatTable(
    [
      ...texts("consumer"),
      ...numbers("done up to", "waiting", "waiting since", "parked"),
    ],
    rows,
    width,
  );
}

function section(
  name: string,
  lines: readonly string[],
): readonly string[] {
  return lines.length === 0 ? ["", `no ${name}`] : ["", ...lines];
}

function texts(...titles: readonly string[]): readonly TableColumn[] {
  return titles.map((title) => ({ title, share: 1 }));
}

function numbers(...titles: readonly string[]): readonly TableColumn[] {
  return titles.map((title) => ({ title, share: 1, isNumber: true }));
}

function describeVariation(
  { variationId, variationKey }: ReportedExperiment["variations"][number],
): string {
  return variationKey === null
    ? String(variationId)
    : `${variationId} ${describeName(variationKey)}`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "" : `${(part / whole * 100).toFixed(2)} %`;
}

function group(count: number): string {
  return count.toLocaleString("en-US");
}
