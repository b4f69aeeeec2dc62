import { isObject } from "../../support/read_own.ts";
import type { ExperimentOrigin, Gate } from "../gate.ts";
import { decide } from "../step.ts";

/** Gives the variation that the context forces. */
export const forcedVariation: Gate<unknown, ExperimentOrigin> = {
  needsOption: true,
  make:
    (_, { base: { key } }) => ({ context: { forcedVariations } }, progress) =>
      !isObject(forcedVariations) || !Object.hasOwn(forcedVariations, key) ||
      decide(progress, forcedVariations[key] as number),
};
