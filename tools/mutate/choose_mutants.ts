import type { Mutant } from "./mutant.ts";
import type { Options } from "./read_options.ts";

/** Picks the mutants that the options ask for; their order stays. */
export function chooseMutants(
  mutants: readonly Mutant[],
  { only, limit, shard: [index, count] }: Pick<
    Options,
    "only" | "limit" | "shard"
  >,
): readonly Mutant[] {
  return mutants
    .filter(({ file, line }) =>
      only === undefined || only === file || only === `${file}:${line}`
    )
    .filter((_, position) => position % count === index - 1)
    .slice(0, limit);
}
