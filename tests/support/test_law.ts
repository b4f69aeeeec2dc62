import fc from "fast-check";
import { runs } from "./runs.ts";

/**
 * Registers a test of a law: what `check` says of values drawn from the arbitraries, always. It is
 * tried `numRuns` times, as `runs` does it: with the same values each time unless the environment
 * asks for others, or for more of them. A failure prints the seed and the smallest counterexample.
 */
export function testLaw<Values extends [unknown, ...unknown[]]>(
  name: string,
  numRuns: number,
  arbitraries: { [Index in keyof Values]: fc.Arbitrary<Values[Index]> },
  check: (...values: Values) => void,
): void {
  Deno.test(name, () => {
    fc.assert(fc.property(...arbitraries, check), runs(numRuns));
  });
}
