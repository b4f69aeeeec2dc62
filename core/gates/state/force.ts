import type { Experiment } from "../../types/experiment.ts";
import type { Gate } from "../gate.ts";
import { type Settlement, settles } from "../step.ts";

/** Gives the variation that the experiment forces. */
export const force: Gate<Experiment, unknown> = {
  make: (experiment) => {
    if (!Object.hasOwn(experiment, "force")) return null;
    const { force: variation = -1 } = experiment;
    const settlement: Settlement = { variation, how: "forced" };
    return { code: settles, operand: () => settlement };
  },
};
