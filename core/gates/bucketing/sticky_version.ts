import type { Gate } from "../gate.ts";

/** Stops users whom an assignment of an older version blocks. */
export const stickyVersion: Gate<unknown, unknown> = {
  needsOption: true,
  make: () => (_, { isBlocked }) => isBlocked ? "blocked" : true,
};
