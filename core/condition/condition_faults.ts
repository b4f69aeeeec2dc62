import { fault } from "../support/fault.ts";

/**
 * How many levels deep conditions may nest, saved groups included. What lies deeper is not
 * evaluated, and the whole condition that it belongs to is false.
 */
export const maxConditionDepth = 256;

/**
 * The most conditions and expectations that a condition may consist of. One that stands in several places
 * counts in each. A megabyte of JSON has no more. What comes after them is not evaluated: where an
 * evaluation gets there, the whole condition is false.
 */
export const maxConditionParts = 200_000;

/** What may still be compiled of a condition. */
export interface PartsLeft {
  /** How many parts; less than 0 once they were too many. */
  parts: number;
}

/** Gives what may be compiled of a condition, before any of it is. */
export function startParts(): PartsLeft {
  return { parts: maxConditionParts };
}

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
