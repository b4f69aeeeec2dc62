import { instruct, isSame } from "../instruction.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

/** `$eq`: the value is identical to the operand. */
export const equal: OperatorCompiler = (operand) => instruct(isSame, operand);

/** `$ne`: the value is not identical to the operand. */
export const notEqual: OperatorCompiler = (operand) =>
  instruct(isSame, operand, false);
