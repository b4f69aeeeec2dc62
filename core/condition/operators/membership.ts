import { calls, instruct, isAmong, never, type Part } from "../instruction.ts";
import { foldCase, isMember } from "../saved_groups/is_member.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

// Each is false unless the operand is an array; an array attribute matches when one of its elements
// does. The folded forms ignore the case of strings.

/** `$in`: the value is in the list. */
export const among: OperatorCompiler = (operand) =>
  Array.isArray(operand) ? instruct(isAmong, new Set(operand)) : never;

/** `$nin`: the value is not in the list. */
export const notAmong: OperatorCompiler = (operand) =>
  Array.isArray(operand) ? instruct(isAmong, new Set(operand), false) : never;

/** `$ini`: the value is in the list, whatever its case. */
export const amongFolded: OperatorCompiler = (operand) =>
  compileFolded(operand, true);

/** `$nini`: the value is not in the list, whatever its case. */
export const notAmongFolded: OperatorCompiler = (operand) =>
  compileFolded(operand, false);

function compileFolded(operand: unknown, expected: boolean): Part {
  if (!Array.isArray(operand)) return never;
  const members = new Set(operand.map(foldCase));
  return instruct(calls, (value) => {
    const folded = Array.isArray(value) ? value.map(foldCase) : foldCase(value);
    return isMember(members, folded) === expected;
  });
}
