import type { Progress } from "../evaluation/trace.ts";

/** How far a user has come of whom nothing is kept yet, or nothing is asked on the way. */
export const unkept: Progress = /* @__PURE__ */ Object.freeze({
  hashAttribute: "",
  hashValue: "",
  variation: -1,
  isSticky: false,
  isBlocked: false,
});
