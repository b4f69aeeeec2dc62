import type { ExperimentOrigin, Gate } from "../gate.ts";

/** Stops everybody at an experiment with nothing to choose from. */
export const variations: Gate<unknown, ExperimentOrigin> = {
  make: (_, { base }) => base.variations.length < 2 ? () => false : null,
};
