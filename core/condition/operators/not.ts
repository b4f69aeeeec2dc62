import { invert } from "../instruction.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

/** `$not`: the value is not as the operand says. */
export const not: OperatorCompiler = (operand, { value }) =>
  invert(value(operand));
