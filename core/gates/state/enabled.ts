import type { Gate } from "../gate.ts";

/** Stops everybody where the context turns experiments off. */
export const enabled: Gate<unknown, unknown> = {
  needsOption: true,
  make: () => ({ context }) => context.enabled !== false,
};
