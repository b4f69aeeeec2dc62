import { formatLines } from "./format_lines.ts";
import type { FileCoverage } from "./parse_lcov.ts";

/**
 * Writes a report: a line for each file of which something never ran, with what that is, the files
 * that no test loads, and the totals.
 */
export function formatCoverage(
  files: readonly FileCoverage[],
  neverLoaded: readonly string[],
): readonly string[] {
  const report = files.flatMap((coverage) => {
    const { file, lines, branches } = coverage;
    const missed = missedOf(coverage);
    if (missed === "") return [];
    const share = `${lines - coverage.uncoveredLines.length}/${lines} lines, ` +
      `${branches - coverage.uncoveredBranches.length}/${branches} branches`;
    return [`${file}: ${share}; ${missed}`];
  });
  return [
    ...report,
    ...neverLoaded.map((file) => `${file}: never loaded`),
    `core/: ${total(files, "lines", "uncoveredLines")} lines, ` +
    `${total(files, "branches", "uncoveredBranches")} branches`,
  ];
}

function missedOf({ uncoveredLines, uncoveredBranches }: FileCoverage): string {
  return [
    uncoveredLines.length > 0 && `lines ${formatLines(uncoveredLines)}`,
    uncoveredBranches.length > 0 &&
    `branches at ${[...new Set(uncoveredBranches)].join(", ")}`,
  ].filter((part) => part !== false).join("; ");
}

function total(
  files: readonly FileCoverage[],
  all: "lines" | "branches",
  missed: "uncoveredLines" | "uncoveredBranches",
): string {
  const count = files.reduce((sum, file) => sum + file[all], 0);
  const idle = files.reduce((sum, file) => sum + file[missed].length, 0);
  return `${count - idle} of ${count}`;
}
