import { calls, instruct } from "../instruction.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

/** `$type`: the value is of a type: as JavaScript names it, or `"array"`, or `"null"`. */
export const type: OperatorCompiler = (operand) =>
  instruct(calls, (actual) => typeName(actual) === operand);

function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
