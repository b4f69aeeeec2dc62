import { isObject } from "../../support/read_own.ts";
import type { ExperimentOrigin, Gate } from "../gate.ts";
import { settles } from "../step.ts";

/** Gives the variation that the context forces. */
export const forcedVariation: Gate<unknown, ExperimentOrigin> = {
  needsOption: true,
  make: (_, { base: { key } }) => ({
    code: settles,
    operand: ({ context: { forcedVariations } }) =>
      isObject(forcedVariations) && Object.hasOwn(forcedVariations, key)
        ? { variation: forcedVariations[key] as number, how: "forced" }
        : null,
  }),
};
