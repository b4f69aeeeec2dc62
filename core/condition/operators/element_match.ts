import { malformedCondition } from "../condition_faults.ts";
import { calls, complete, instruct } from "../instruction.ts";
import { isOperatorObject } from "../is_operator_object.ts";
import { passAll } from "../pass_all.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

/**
 * `$elemMatch`: some element that is not null is as the operand says, which is an object of
 * operators for the element itself or a condition on its properties.
 */
export const elementMatch: OperatorCompiler = (
  operand,
  { value, condition },
) => {
  const isMissing = operand === null || operand === undefined;
  const expected = isMissing ? null : complete(
    isOperatorObject(operand) ? value(operand) : condition(operand),
  );
  return instruct(calls, (actual, scope) => {
    if (!Array.isArray(actual)) return false;
    if (isMissing) throw malformedCondition;
    for (let index = 0; index < actual.length; index++) {
      const element = actual[index];
      if (element === null || element === undefined) continue;
      if (passAll(expected, element, scope)) return true;
    }
    return false;
  });
};
