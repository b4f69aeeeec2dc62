import type { Gate } from "../gate.ts";
import type { Check } from "../step.ts";

/** Stops everybody where the context turns experiments off. */
export const enabled: Gate<unknown, unknown> = {
  needsOption: true,
  make: () => checkEnabled,
};

const checkEnabled: Check = ({ context }) =>
  context.enabled === false ? "disabled" : null;
