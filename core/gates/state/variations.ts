import type { ExperimentOrigin, Gate } from "../gate.ts";
import { checks } from "../step.ts";

/** Stops everybody at an experiment with nothing to choose from. */
export const variations: Gate<unknown, ExperimentOrigin> = {
  name: "variations",
  make: (_, { base }) =>
    base.variations.length < 2
      ? { code: checks, operand: () => "tooFewVariations" }
      : null,
};
