import { compileWithin } from "../condition/compile_condition.ts";
import {
  maxConditionDepth,
  maxConditionParts,
  type PartsLeft,
} from "../condition/condition_faults.ts";
import {
  type ConditionScope,
  resolutionOf,
} from "../condition/condition_scope.ts";
import { isOperatorObject } from "../condition/is_operator_object.ts";
import { listConditions } from "../condition/list_conditions.ts";
import { passAll } from "../condition/pass_all.ts";
import { readPath } from "../condition/read_path.ts";
import { findLink } from "../support/find_link.ts";
import { isObject, readOwn } from "../support/read_own.ts";
import type { ConditionFailure } from "../types/explanation.ts";
import { describeError } from "./describe_error.ts";

/**
 * The most parts that are tested to explain one condition. Each test of a part has those in it once more,
 * at each level: where conditions nest, they add up.
 */
const maxTestedParts = 5 * maxConditionParts;

/** Tells why a record fails a condition, also one that can't be evaluated to its end. */
export function tellFailure(
  condition: unknown,
  record: unknown,
  scope: ConditionScope,
): ConditionFailure | undefined {
  try {
    const left: PartsLeft = { parts: maxTestedParts };
    return explainFailure(condition, record, scope, left);
  } catch (error) {
    const actual = describeError(error);
    return { path: "", operator: "$and", expected: condition, actual };
  }
}

/**
 * Tells why a record fails a condition: the first operator that says no. It walks the condition as
 * it is written, and tests its parts as evaluation does. Returns undefined for a record that passes.
 */
function explainFailure(
  condition: unknown,
  record: unknown,
  scope: ConditionScope,
  left: PartsLeft,
): ConditionFailure | undefined {
  const fails = (part: unknown) =>
    !passAll(compileWithin(part, left), record, scope);
  if (!fails(condition)) return undefined;
  const [key, operand] = Object.entries(condition as object).find(
    ([key, operand]) => fails({ [key]: operand }),
  )!;
  const failure = {
    path: "",
    operator: key,
    expected: operand,
    actual: record,
  };
  switch (key) {
    case "$and":
      return explainFailure(
        listConditions(operand).find(fails),
        record,
        scope,
        left,
      );
    case "$or":
      return withCauses(
        failure,
        listConditions(operand).map((condition) =>
          explainFailure(condition, record, scope, left)!
        ),
      );
    case "$savedGroup":
      return withCauses(failure, explainGroup(operand, record, scope, left));
    case "$nor":
    case "$not":
      return failure;
  }
  const actual = readPath(record, key.split("."));
  if (!isOperatorObject(operand)) {
    return { path: key, operator: "equals", expected: operand, actual };
  }
  const [operator, expected] = Object.entries(operand).find(
    ([operator, expected]) => fails({ [key]: { [operator]: expected } }),
  )!;
  return { path: key, operator, expected, actual };
}

function withCauses(
  failure: ConditionFailure,
  causes: readonly ConditionFailure[],
): ConditionFailure {
  return causes.length === 0 ? failure : { ...failure, causes };
}

function explainGroup(
  reference: unknown,
  record: unknown,
  scope: ConditionScope,
  left: PartsLeft,
): ConditionFailure[] {
  const id = readOwn(reference, "id");
  if (typeof id !== "string") return [];
  const group = readOwn(scope.context.savedGroups, id);
  const condition = readOwn(group, "condition");
  if (readOwn(group, "type") !== "condition" || !isObject(condition)) return [];
  const resolution = resolutionOf(scope);
  const outer = resolution.resolving;
  const depth = 1 + (outer === null ? 0 : outer.depth);
  if (depth > maxConditionDepth || findLink(outer, id) !== null) return [];
  resolution.resolving = { key: id, depth, outer };
  try {
    const failure = explainFailure(condition, record, scope, left);
    return failure === undefined ? [] : [failure];
  } finally {
    resolution.resolving = outer;
  }
}
