import type { Gate } from "../gate.ts";

/** Stops users whose variation is not forced where the context is in QA mode. */
export const qaMode: Gate<unknown, unknown> = {
  needsOption: true,
  make: () => ({ context }) => !context.qaMode,
};
