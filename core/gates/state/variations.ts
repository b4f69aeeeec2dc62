import type { ExperimentOrigin, Gate } from "../gate.ts";
import { stopsAll } from "./stops_all.ts";

/** Stops everybody at an experiment with nothing to choose from. */
export const variations: Gate<unknown, ExperimentOrigin> =
  /* @__PURE__ */ stopsAll((_, { base }) => base.variations.length < 2);
