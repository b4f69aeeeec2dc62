import { malformedCondition } from "../condition_faults.ts";
import {
  fails,
  instruct,
  isAtLeast,
  isAtMost,
  isGreater,
  isLess,
} from "../instruction.ts";
import { isComparable } from "../primitives.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

// These order as JavaScript does: null counts as 0, two strings compare as strings. An attribute
// that can't become a primitive fails.

/** `$lt`: the value is less than the operand. */
export const less: OperatorCompiler = /* @__PURE__ */ order(isLess);

/** `$lte`: the value is at most the operand. */
export const atMost: OperatorCompiler = /* @__PURE__ */ order(isAtMost);

/** `$gt`: the value is greater than the operand. */
export const greater: OperatorCompiler = /* @__PURE__ */ order(isGreater);

/** `$gte`: the value is at least the operand. */
export const atLeast: OperatorCompiler = /* @__PURE__ */ order(isAtLeast);

function order(
  code: typeof isLess | typeof isAtMost | typeof isGreater | typeof isAtLeast,
): OperatorCompiler {
  return (operand) =>
    isComparable(operand) ? instruct(code, operand) : fails(malformedCondition);
}
