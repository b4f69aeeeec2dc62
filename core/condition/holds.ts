import { tooDeep } from "./condition_faults.ts";
import type { ConditionScope, Test } from "./condition_scope.ts";

/**
 * Tells whether a record meets a condition. One that nests too deep is false as a whole; one that
 * is malformed throws, and the rule that it belongs to does not apply.
 */
export function holds(
  test: Test,
  record: unknown,
  scope: ConditionScope,
): boolean {
  try {
    return test(record, scope);
  } catch (error) {
    if (error === tooDeep) return false;
    throw error;
  }
}
