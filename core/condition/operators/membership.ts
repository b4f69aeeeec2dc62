import {
  instruct,
  isAmong,
  isAmongFolded,
  never,
  type Part,
} from "../instruction.ts";
import { foldCase } from "../saved_groups/is_member.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

// Each is false unless the operand is an array; an array attribute matches when one of its elements
// does. The folded forms ignore the case of strings.

/** `$in`: the value is in the list. */
export const among: OperatorCompiler = (operand) =>
  compileMembership(isAmong, operand, true);

/** `$nin`: the value is not in the list. */
export const notAmong: OperatorCompiler = (operand) =>
  compileMembership(isAmong, operand, false);

/** `$ini`: the value is in the list, whatever its case. */
export const amongFolded: OperatorCompiler = (operand) =>
  compileMembership(isAmongFolded, operand, true);

/** `$nini`: the value is not in the list, whatever its case. */
export const notAmongFolded: OperatorCompiler = (operand) =>
  compileMembership(isAmongFolded, operand, false);

function compileMembership(
  code: typeof isAmong | typeof isAmongFolded,
  operand: unknown,
  expected: boolean,
): Part {
  if (!Array.isArray(operand)) return never;
  const members = code === isAmong ? operand : operand.map(foldCase);
  return instruct(code, new Set(members), expected);
}
