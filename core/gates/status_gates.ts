import type { Evaluation, Gate, Verdict } from "../evaluation/evaluation.ts";
import { makeGate } from "../evaluation/pass_gates.ts";

/** Stops at an experiment that has nothing to choose from. */
export const variationsGate: Gate = /* @__PURE__ */ status(
  "variations",
  () => "tooFewVariations",
);

/** Stops while experiments are turned off. */
export const enabledGate: Gate = /* @__PURE__ */ status(
  "enabled",
  ({ context }) => context.enabled === false ? "disabled" : null,
  true,
);

/** Stops at a draft. */
export const draftGate: Gate = /* @__PURE__ */ status("status", () => "draft");

/** Stops at an experiment that is not active. */
export const inactiveGate: Gate = /* @__PURE__ */ status(
  "status",
  () => "inactive",
);

/** Stops everybody in QA mode, in which only forced variations count. */
export const qaModeGate: Gate = /* @__PURE__ */ status(
  "qaMode",
  ({ context }) => context.qaMode ? "qaMode" : null,
  true,
);

/** Stops at an experiment that is over. */
export const stoppedGate: Gate = /* @__PURE__ */ status(
  "status",
  () => "stopped",
);

function status(
  name: Gate["name"],
  check: (evaluation: Evaluation) => Verdict,
  needsOptions = false,
): Gate {
  return makeGate(name, check, {}, { needsOptions });
}
