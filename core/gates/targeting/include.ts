import type { Experiment } from "../../types/experiment.ts";
import type { Gate } from "../gate.ts";
import { checks } from "../step.ts";

/** Asks the application's own function, which may do anything. */
export const include: Gate<Experiment, unknown> = {
  name: "include",
  skippedBySticky: true,
  make: ({ include }) =>
    include
      ? { code: checks, operand: () => asks(include) ? null : "include" }
      : null,
};

function asks(include: () => boolean): boolean {
  try {
    return Boolean(include());
  } catch {
    return false;
  }
}
