import { malformedCondition } from "../condition_faults.ts";
import {
  fails,
  instruct,
  isAtLeast,
  isAtMost,
  isGreater,
  isLess,
  type Part,
} from "../instruction.ts";
import { isComparable } from "../primitives.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

// These order as JavaScript does: null counts as 0, two strings compare as strings. An attribute
// that can't become a primitive fails.

/** `$lt`: the value is less than the operand. */
export const less: OperatorCompiler = (operand) =>
  compileOrder(isLess, operand);

/** `$lte`: the value is at most the operand. */
export const atMost: OperatorCompiler = (operand) =>
  compileOrder(isAtMost, operand);

/** `$gt`: the value is greater than the operand. */
export const greater: OperatorCompiler = (operand) =>
  compileOrder(isGreater, operand);

/** `$gte`: the value is at least the operand. */
export const atLeast: OperatorCompiler = (operand) =>
  compileOrder(isAtLeast, operand);

function compileOrder(
  code: typeof isLess | typeof isAtMost | typeof isGreater | typeof isAtLeast,
  operand: unknown,
): Part {
  return isComparable(operand)
    ? instruct(code, operand)
    : instruct(fails, malformedCondition);
}
