import { instruct, isSame } from "../instruction.ts";
import type { ValueOperator } from "./value_operator.ts";

/** `$eq`: the value is identical to the operand. */
export const equal: ValueOperator = (operand) => instruct(isSame, operand);

/** `$ne`: the value is not identical to the operand. */
export const notEqual: ValueOperator = (operand) =>
  instruct(isSame, operand, false);
