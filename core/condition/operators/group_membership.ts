import { malformedCondition } from "../condition_faults.ts";
import { fails, instruct, isInGroup, type Part } from "../instruction.ts";
import { toText } from "../primitives.ts";
import { referTo } from "../saved_groups/saved_group_index.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

// Membership in a saved list. An unknown group has no members; of a group that is no list, or
// malformed, both are false.

/** `$inGroup`: the value is in a saved list. */
export const inGroup: OperatorCompiler = (operand) =>
  compileGroupMembership(operand, true);

/** `$notInGroup`: the value is not in a saved list. */
export const notInGroup: OperatorCompiler = (operand) =>
  compileGroupMembership(operand, false);

function compileGroupMembership(
  operand: unknown,
  expected: boolean,
): Part {
  const id = toText(operand);
  return id === null
    ? instruct(fails, malformedCondition)
    : instruct(isInGroup, referTo(id), expected);
}
