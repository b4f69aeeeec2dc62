import { instruct, isThere } from "../instruction.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

/** `$exists`: there is a value other than null, or, with a falsy operand, there is none. */
export const exists: OperatorCompiler = (operand) =>
  instruct(isThere, null, Boolean(operand));
