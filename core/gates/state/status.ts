import type { Experiment } from "../../types/experiment.ts";
import type { SkipReason } from "../../types/skip_reason.ts";
import type { GateSubject } from "../facts.ts";
import type { Gate } from "../gate.ts";

/** Stops everybody at a draft. */
export const draft: Gate<Experiment, unknown> = /* @__PURE__ */ statusGate(
  ({ status }) => status === "draft",
);

/** Stops everybody at an experiment that is not active. */
export const inactive: Gate<Experiment, unknown> = /* @__PURE__ */ statusGate(
  ({ active }) => active === false,
);

/** Stops users whose variation is not forced at an experiment that was stopped. */
export const stopped: Gate<Experiment, unknown> = /* @__PURE__ */ statusGate(
  ({ status }) => status === "stopped",
);

function statusGate(
  stops: (experiment: Experiment) => boolean,
): Gate<Experiment, unknown> {
  return { make: (experiment) => stops(experiment) ? () => false : null };
}

/** Tells which status it is that stops everybody: the gates are asked in this order. */
export function statusReason(
  { definition: { status, active } }: GateSubject<Experiment, unknown>,
): SkipReason {
  if (status === "draft") return "draft";
  return active === false ? "inactive" : "stopped";
}
