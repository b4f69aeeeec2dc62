import type { Gate } from "../gate.ts";
import type { Check } from "../step.ts";

/** Stops users whose variation is not forced where the context is in QA mode. */
export const qaMode: Gate<unknown, unknown> = {
  needsOption: true,
  make: () => checkQaMode,
};

const checkQaMode: Check = ({ context }) => context.qaMode ? "qaMode" : null;
