import type { RecordOperator } from "../../types/condition.ts";
import { readOwn } from "../../support/read_own.ts";
import { every, invert, passes, some } from "../instruction.ts";
import { listConditions } from "../list_conditions.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";
import { savedGroup } from "./saved_group.ts";

// Nothing to choose from leaves everybody in, unless it has a length that is no length.
const or: OperatorCompiler = (operand, { condition }) => {
  const choices = listConditions(operand).map(condition);
  return choices.length > 0 || readOwn(Object(operand), "length")
    ? some(choices)
    : passes;
};

/** The operators that may stand beside the paths of a condition: the one table of them. */
export const recordOperators: {
  readonly [Name in RecordOperator]: OperatorCompiler;
} = {
  $or: or,
  $nor: (operand, nested) => invert(or(operand, nested)),
  $and: (operand, { condition }) =>
    every(listConditions(operand).map(condition)),
  $not: (operand, { condition }) => invert(condition(operand)),
  $savedGroup: savedGroup,
};
