import type { SampleRatioCheck } from "../../../core/events/projections/check_sample_ratios.ts";

/** What the verdict on the split of an experiment means, for people. */
export const verdictTexts: {
  readonly [Verdict in SampleRatioCheck["verdict"]]: string;
} = {
  healthy: "healthy",
  mismatch: "MISMATCH: the split is broken, its results can't be trusted",
  crossed: "CROSSED: too many users saw several variations",
  tooFewUsers: "too few users to tell",
};
