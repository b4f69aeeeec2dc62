import { stripVTControlCharacters } from "node:util";

/** What `deno test` reports in the end, and the names of the ignored tests. */
export interface TestTotals {
  readonly passed: number;
  readonly failed: number;
  readonly ignored: readonly string[];
}

/**
 * Reads the output of `deno test`, with or without colours. The totals are
 * those of its last summary line; without one, `undefined`. An ignored step is
 * listed with the ignored tests.
 */
export function testTotals(output: string): TestTotals | undefined {
  const text = stripVTControlCharacters(output);
  const summary = [
    ...text.matchAll(
      /^(?:ok|FAILED) \| (\d+) passed(?: \([^)]*\))? \| (\d+) failed\b/gm,
    ),
  ].at(-1);
  if (summary === undefined) return undefined;
  return {
    passed: Number(summary[1]),
    failed: Number(summary[2]),
    ignored: [...text.matchAll(/^ *(.*) \.\.\. ignored \(/gm)]
      .map(([, name]) => name ?? ""),
  };
}
