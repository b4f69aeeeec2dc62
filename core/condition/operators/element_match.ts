import { malformedCondition } from "../condition_faults.ts";
import { calls, complete, hasElement, instruct } from "../instruction.ts";
import { isOperatorObject } from "../is_operator_object.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

/**
 * `$elemMatch`: some element that is not null is as the operand says, which is an object of
 * operators for the element itself or a condition on its properties.
 */
export const elementMatch: OperatorCompiler = (
  operand,
  { value, condition },
) => {
  if (operand === null || operand === undefined) {
    return instruct(calls, (actual) => {
      if (Array.isArray(actual)) throw malformedCondition;
      return false;
    });
  }
  return instruct(
    hasElement,
    complete(
      isOperatorObject(operand) ? value(operand) : condition(operand),
    ),
  );
};
