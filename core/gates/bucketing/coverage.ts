import type { Gate } from "../gate.ts";
import { hasVariation } from "../step.ts";

/** Lets through users whose bucket belongs to a variation. */
export const coverage: Gate<unknown, unknown> = {
  needsOption: true,
  make: () => ({ code: hasVariation, operand: null }),
};
