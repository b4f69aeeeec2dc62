import { calls, complete, instruct } from "../instruction.ts";
import { passAll } from "../pass_all.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

/** `$size`: the length of an array is as expected. */
export const size: OperatorCompiler = (operand, { value }) => {
  const expected = complete(value(operand));
  return instruct(
    calls,
    (actual, scope) =>
      Array.isArray(actual) && passAll(expected, actual.length, scope),
  );
};
