import { attempt } from "../../support/attempt.ts";
import type { Experiment } from "../../types/experiment.ts";
import type { Gate } from "../gate.ts";

/** Asks the application's own function, which may do anything. */
export const include: Gate<Experiment, unknown> = {
  skippedBySticky: true,
  make: ({ include }) =>
    include ? () => Boolean(attempt(include, false)) : null,
};
