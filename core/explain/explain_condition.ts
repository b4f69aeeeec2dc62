import type { ConditionFailure } from "../types/explanation.ts";
import { describeError } from "./describe_error.ts";
import { compileCondition } from "../condition/compile_condition.ts";
import { maxConditionDepth } from "../condition/condition_faults.ts";
import type {
  ConditionNode,
  ConditionScope,
} from "../condition/condition_node.ts";
import { isObject, readOwn } from "../support/read_own.ts";
import { isResolving } from "../condition/saved_group.ts";
import { compilePath } from "../condition/read_path.ts";
import { findGroup } from "../condition/saved_group_index.ts";

/** Tells why a record fails a condition, also one that can't be evaluated to its end. */
export function tellFailure(
  condition: unknown,
  record: unknown,
  scope: ConditionScope,
): ConditionFailure | undefined {
  try {
    return explainFailure(compileCondition(condition), record, scope);
  } catch (error) {
    const actual = describeError(error);
    return { path: "", operator: "$and", expected: condition, actual };
  }
}

/**
 * Tells why a record fails a compiled condition: the first operator that says no. It walks the
 * nodes that evaluation tests, and tests them. Returns undefined for a record that passes.
 */
function explainFailure(
  node: ConditionNode,
  record: unknown,
  scope: ConditionScope,
): ConditionFailure | undefined {
  if (node.test(record, scope)) return undefined;
  if ("path" in node) {
    const actual = compilePath(node.path)(record);
    const failed = node.tests.find(({ test }) => !test(actual, scope))!;
    const { operator, operand } = failed;
    return { path: node.path, operator, expected: operand, actual };
  }
  if (node.operator === "$and") {
    const failed = node.children.find(({ test }) => !test(record, scope))!;
    return explainFailure(failed, record, scope);
  }
  const { operator, operand } = node;
  const failure = { path: "", operator, expected: operand, actual: record };
  const causes = operator === "$or"
    ? node.children.map((child) => explainFailure(child, record, scope)!)
    : operator === "$savedGroup"
    ? explainGroup(operand, record, scope)
    : [];
  return causes.length === 0 ? failure : { ...failure, causes };
}

function explainGroup(
  reference: unknown,
  record: unknown,
  scope: ConditionScope,
): ConditionFailure[] {
  const id = readOwn(reference, "id");
  const group = findGroup(scope.savedGroups, id);
  if (typeof id !== "string" || !isObject(group)) return [];
  const condition = readOwn(group, "condition");
  if (readOwn(group, "type") !== "condition" || !isObject(condition)) return [];
  const depth = 1 + (scope.resolving === null ? 0 : scope.resolving.depth);
  if (depth > maxConditionDepth || isResolving(id, scope)) return [];
  const failure = explainFailure(compileCondition(condition), record, {
    savedGroups: scope.savedGroups,
    resolving: { id, depth, outer: scope.resolving },
    resolved: scope.resolved,
  });
  return failure === undefined ? [] : [failure];
}
