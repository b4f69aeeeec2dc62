import type { Experiment } from "../../types/experiment.ts";
import { compileUrlTargets } from "../../url/compile_url_targets.ts";
import type { Gate } from "../gate.ts";
import type { Facts } from "../facts.ts";

/** Lets through users on a page that the experiment targets. */
export const urlPatterns: Gate<Experiment, unknown> = {
  make: ({ urlPatterns }) => {
    if (!urlPatterns) return null;
    const isTargeted = compileUrlTargets(urlPatterns);
    return ({ context }) => isTargeted(context.url || "");
  },
};

/** Tells which pages were expected. */
export const urlPatternsFacts: Facts<Experiment, unknown> = (
  { definition, evaluation },
) => ({
  expected: definition.urlPatterns,
  actual: evaluation.context.url ?? null,
});
