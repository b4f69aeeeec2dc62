import type { Gate } from "../gate.ts";
import { type Check, checks } from "../step.ts";

/** Stops everybody where the context turns experiments off. */
export const enabled: Gate<unknown, unknown> = {
  name: "enabled",
  needsOption: true,
  make: () => ({ code: checks, operand: checkEnabled }),
};

const checkEnabled: Check = ({ context }) =>
  context.enabled === false ? "disabled" : null;
