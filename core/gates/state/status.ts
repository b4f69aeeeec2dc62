import type { Experiment } from "../../types/experiment.ts";
import type { SkipReason } from "../../types/skip_reason.ts";
import type { Gate } from "../gate.ts";

/** Stops everybody at a draft. */
export const draft: Gate<Experiment, unknown> = /* @__PURE__ */ statusGate(
  ({ status }) => status === "draft",
  "draft",
);

/** Stops everybody at an experiment that is not active. */
export const inactive: Gate<Experiment, unknown> = /* @__PURE__ */ statusGate(
  ({ active }) => active === false,
  "inactive",
);

/** Stops users whose variation is not forced at an experiment that was stopped. */
export const stopped: Gate<Experiment, unknown> = /* @__PURE__ */ statusGate(
  ({ status }) => status === "stopped",
  "stopped",
);

function statusGate(
  stops: (experiment: Experiment) => boolean,
  reason: SkipReason,
): Gate<Experiment, unknown> {
  return {
    make: (experiment) => stops(experiment) ? () => reason : null,
  };
}
