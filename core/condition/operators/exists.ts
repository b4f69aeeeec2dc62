import { calls, instruct } from "../instruction.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

/** `$exists`: there is a value other than null, or, with a falsy operand, there is none. */
export const exists: OperatorCompiler = (operand) =>
  instruct(
    calls,
    (value) => (value !== null && value !== undefined) === Boolean(operand),
  );
