import type { Gate } from "../gate.ts";
import { isUnblocked } from "../step.ts";

/** Stops users whom an assignment of an older version blocks. */
export const stickyVersion: Gate<unknown, unknown> = {
  needsOption: true,
  make: () => ({ code: isUnblocked, operand: null }),
};
