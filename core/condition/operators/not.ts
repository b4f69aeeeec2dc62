import { instruct, passesAll } from "../instruction.ts";
import type { ValueOperator } from "./value_operator.ts";

/** `$not`: the value is not as the operand says. */
export const not: ValueOperator = (operand, { value }) =>
  instruct(passesAll, value(operand), false);
