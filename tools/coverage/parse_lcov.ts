/** Which lines and branches of a source file ran. */
export interface FileCoverage {
  /** The path, as the report has it. */
  readonly file: string;
  /** How many lines have code. */
  readonly lines: number;
  /** Those that never ran, from 1, in ascending order. */
  readonly uncoveredLines: readonly number[];
  /** How many branches there are. */
  readonly branches: number;
  /** The lines of the branches that were never taken, in ascending order. */
  readonly uncoveredBranches: readonly number[];
}

/**
 * Reads a coverage report in the format of lcov, as `deno coverage --lcov` writes it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const report = "SF:a.ts\nBRDA:2,1,0,0\nDA:1,3\nDA:2,0\nend_of_record\n";
 * assertEquals(parseLcov(report), [{
 *   file: "a.ts",
 *   lines: 2,
 *   uncoveredLines: [2],
 *   branches: 1,
 *   uncoveredBranches: [2],
 * }]);
 * ```
 */
export function parseLcov(report: string): readonly FileCoverage[] {
  return report.split(/^end_of_record$/m)
    .map((record) => record.trim().split("\n"))
    .filter((fields) => fields.some((field) => field.startsWith("SF:")))
    .map(parseRecord);
}

function parseRecord(fields: readonly string[]): FileCoverage {
  const lines = valuesOf(fields, "DA:");
  const branches = valuesOf(fields, "BRDA:");
  return {
    file: fields.find((field) => field.startsWith("SF:"))!.slice(3),
    lines: lines.length,
    uncoveredLines: idle(lines),
    branches: branches.length,
    uncoveredBranches: idle(branches),
  };
}

function valuesOf(
  fields: readonly string[],
  name: string,
): readonly (readonly string[])[] {
  return fields.filter((field) => field.startsWith(name))
    .map((field) => field.slice(name.length).split(","));
}

// The line comes first and how often it ran last: "-" where what is around it never did.
function idle(values: readonly (readonly string[])[]): readonly number[] {
  return values.filter((value) => ["0", "-"].includes(value.at(-1)!))
    .map((value) => Number(value[0]))
    .sort((left, right) => left - right);
}
