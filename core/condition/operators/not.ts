import { instruct, passesAll } from "../instruction.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

/** `$not`: the value is not as the operand says. */
export const not: OperatorCompiler = (operand, { value }) =>
  instruct(passesAll, value(operand), false);
