import type { Experiment } from "../../types/experiment.ts";
import type { Gate } from "../gate.ts";
import { decide } from "../step.ts";

/** Gives the variation that the experiment forces. */
export const force: Gate<Experiment, unknown> = {
  make: (experiment) => {
    if (!Object.hasOwn(experiment, "force")) return null;
    const { force: variation = -1 } = experiment;
    return (_, progress) => decide(progress, variation);
  },
};
