import { tooDeep } from "./condition_faults.ts";
import type { ConditionScope } from "./condition_scope.ts";
import type { Instructions } from "./instruction.ts";
import { passAll } from "./pass_all.ts";

/**
 * Tells whether a record meets a condition. One that nests too deep is false as a whole; one that
 * is malformed throws, and the rule that it belongs to does not apply.
 */
export function holds(
  instructions: Instructions,
  record: unknown,
  scope: ConditionScope,
): boolean {
  try {
    return passAll(instructions, record, scope);
  } catch (error) {
    if (error === tooDeep) return false;
    throw error;
  }
}
