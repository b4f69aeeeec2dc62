import type { Parameters } from "fast-check";

/**
 * How often a property is tried: the given number of times in the gate, and `RUNS` times as often
 * where the environment says so (`RUNS=100`). The same values come up each time, unless `SEED` in
 * the environment says where to start.
 */
export function runs(numRuns: number): Required<
  Pick<Parameters, "seed" | "numRuns">
> {
  return {
    seed: readNumber("SEED", 20_250_101),
    numRuns: Math.ceil(numRuns * readNumber("RUNS", 1)),
  };
}

function readNumber(name: string, otherwise: number): number {
  const value = Number(Deno.env.get(name) || otherwise);
  if (Number.isFinite(value)) return value;
  throw new RangeError(`Cannot read ${name}: the current value is no number`);
}
