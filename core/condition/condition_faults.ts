import { fault } from "../support/fault.ts";

/**
 * How many levels deep conditions may nest, saved groups included. What lies deeper is not
 * evaluated, and the whole condition that it belongs to is false.
 */
export const maxConditionDepth = 256;

/**
 * How many condition groups one evaluation resolves. Groups that refer to each other twice and
 * twice again would take forever; past this, what refers to a group is too deep to evaluate.
 */
export const maxGroupResolutions = 100_000;

/** Thrown inside a condition that nests too deep; caught where the condition begins. */
export const tooDeep: Error = /* @__PURE__ */ fault(
  "tooDeep",
);

/** Thrown inside a condition where a part of it can't be evaluated. */
export const malformedCondition: Error = /* @__PURE__ */ fault(
  "badCondition",
);
