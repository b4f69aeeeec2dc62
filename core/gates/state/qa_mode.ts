import type { Gate } from "../gate.ts";
import { type Check, checks } from "../step.ts";

/** Stops users whose variation is not forced where the context is in QA mode. */
export const qaMode: Gate<unknown, unknown> = {
  name: "qaMode",
  needsOption: true,
  make: () => ({ code: checks, operand: checkQaMode }),
};

const checkQaMode: Check = ({ context }) => context.qaMode ? "qaMode" : null;
