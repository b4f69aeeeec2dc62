import { attempt } from "../../support/attempt.ts";
import type { Experiment } from "../../types/experiment.ts";
import type { Gate } from "../gate.ts";
import { checks } from "../step.ts";

/** Asks the application's own function, which may do anything. */
export const include: Gate<Experiment, unknown> = {
  name: "include",
  skippedBySticky: true,
  make: ({ include }) =>
    include
      ? {
        code: checks,
        operand: () => attempt(include, false) ? null : "include",
      }
      : null,
};
