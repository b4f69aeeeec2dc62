import { testTotals } from "./test_totals.ts";
import type { DenoRun } from "./run_deno.ts";

/** What the gate counts of a run of tests. */
export interface TestCounts {
  readonly passed: number;
  /** The tests that failed, and those that were ignored but must not be; 1 at least where the run failed. */
  readonly failed: number;
  readonly ignored: number;
  /** The names of those that were ignored but must not be. */
  readonly missing: readonly string[];
}

/**
 * Counts the tests of a run. With `requiresAll`, an ignored one fails unless its name ends in "[data]".
 * A run may fail without a failed test: an error between tests, a leak, a stray `only`, a kill.
 */
export function testCounts(
  { output, success }: DenoRun,
  requiresAll: boolean,
): TestCounts {
  const totals = testTotals(output);
  const { passed, failed, ignored } = totals ??
    { passed: 0, failed: 0, ignored: [] };
  const missing = requiresAll
    ? ignored.filter((name) => !name.endsWith("[data]"))
    : [];
  const known = failed + missing.length;
  const isFine = success && totals !== undefined;
  return {
    passed,
    failed: isFine || known > 0 ? known : 1,
    ignored: ignored.length,
    missing,
  };
}
