import type { Experiment } from "../../types/experiment.ts";
import type { SkipReason } from "../../types/skip_reason.ts";
import type { GateSubject } from "../facts.ts";
import type { Gate } from "../gate.ts";
import { stopsAll } from "./stops_all.ts";

/** Stops everybody at an experiment that is a draft, or not active. */
export const inactive: Gate<Experiment, unknown> = /* @__PURE__ */ stopsAll(
  ({ status, active }) => status === "draft" || active === false,
);

/** Stops users whose variation is not forced at an experiment that was stopped. */
export const stopped: Gate<Experiment, unknown> = /* @__PURE__ */ stopsAll(
  ({ status }) => status === "stopped",
);

/** Tells which status it is that stops everybody: the gates are asked in this order. */
export function statusReason(
  { definition: { status, active } }: GateSubject<Experiment, unknown>,
): SkipReason {
  if (status === "draft") return "draft";
  return active === false ? "inactive" : "stopped";
}
