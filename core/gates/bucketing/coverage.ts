import type { Gate } from "../gate.ts";

/** Lets through users whose bucket belongs to a variation. */
export const coverage: Gate<unknown, unknown> = {
  needsOption: true,
  make: () => (_, { variation }) => variation >= 0,
};
