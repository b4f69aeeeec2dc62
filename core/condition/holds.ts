import { tooDeep } from "./condition_faults.ts";
import type { ConditionNode, ConditionScope } from "./condition_node.ts";

/**
 * Tells whether a record meets a condition. One that nests too deep is false as a whole; one that
 * is malformed throws, and the rule that it belongs to does not apply.
 */
export function holds(
  node: ConditionNode,
  record: unknown,
  scope: ConditionScope,
): boolean {
  try {
    return node.test(record, scope);
  } catch (error) {
    if (error === tooDeep) return false;
    throw error;
  }
}
