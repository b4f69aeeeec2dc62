import type { Gate } from "../evaluation/evaluation.ts";
import { makeGate } from "../evaluation/pass_gates.ts";

/** Stops at an experiment that has nothing to choose from. */
export const variationsGate: Gate = /* @__PURE__ */ makeGate(
  "variations",
  () => "tooFewVariations",
);

/** Stops while experiments are turned off. */
export const enabledGate: Gate = /* @__PURE__ */ makeGate(
  "enabled",
  ({ context }) => context.enabled === false ? "disabled" : null,
);

/** Stops at a draft. */
export const draftGate: Gate = /* @__PURE__ */ makeGate(
  "status",
  () => "draft",
);

/** Stops at an experiment that is not active. */
export const inactiveGate: Gate = /* @__PURE__ */ makeGate(
  "status",
  () => "inactive",
);

/** Stops everybody in QA mode, in which only forced variations count. */
export const qaModeGate: Gate = /* @__PURE__ */ makeGate(
  "qaMode",
  ({ context }) => context.qaMode ? "qaMode" : null,
);

/** Stops at an experiment that is over. */
export const stoppedGate: Gate = /* @__PURE__ */ makeGate(
  "status",
  () => "stopped",
);
