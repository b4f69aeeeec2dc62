import fc from "fast-check";
import { runs } from "../support/runs.ts";

/**
 * Tries what `check` says of values drawn from the arbitraries, `numRuns` times as `runs` does it,
 * one after the other: the official SDK leaves promises behind, which can only come to their ends
 * in between. All of them at once, of a hundred times as many runs, are gigabytes.
 */
export function assertInTurns<Values extends [unknown, ...unknown[]]>(
  numRuns: number,
  arbitraries: { [Index in keyof Values]: fc.Arbitrary<Values[Index]> },
  check: (...values: Values) => void,
): Promise<void> {
  const property = fc.asyncProperty<Values>(
    ...arbitraries,
    (...values) => Promise.resolve(check(...values)),
  );
  return fc.assert(property, runs(numRuns));
}
