import { compileElementMatch, compileSize } from "./array_tests.ts";
import {
  compileIdentity,
  compileOrder,
  compileVersionOrder,
} from "./compare.ts";
import { compileAll } from "./compile_all.ts";
import { failWith, maxConditionDepth, tooDeep } from "./condition_faults.ts";
import type { NestedCompiler, Test } from "./condition_scope.ts";
import { joinTests } from "./join_tests.ts";
import { compileEquality } from "./equality.ts";
import { isOperatorObject } from "./is_operator_object.ts";
import { compileGroupMembership, compileMembership } from "./membership.ts";
import { compilePatternMatch } from "./pattern_match.ts";

/** Compiles one operator with its operand. */
type OperatorCompiler = (
  operand: unknown,
  operator: string,
  nested: NestedCompiler,
) => Test;

/**
 * Compiles what a condition expects of a value: the operators of an object of operators, or the
 * comparison with a plain value. `compileCondition` compiles the conditions within.
 */
export function compileValue(
  expected: unknown,
  compileCondition: (condition: unknown, depth: number) => Test,
  depth: number,
): Test {
  if (depth > maxConditionDepth) return failWith(tooDeep);
  if (!isOperatorObject(expected)) return compileEquality(expected);
  const nested: NestedCompiler = {
    isTooDeep: depth === maxConditionDepth,
    condition: (condition) => compileCondition(condition, depth + 1),
    value: (expected) => compileValue(expected, compileCondition, depth + 1),
  };
  const tests = Object.entries(expected).map(([operator, operand]) =>
    Object.hasOwn(operators, operator)
      ? operators[operator]!(operand, operator, nested)
      : () => false
  );
  return joinTests(tests, false);
}

const operators: { readonly [operator: string]: OperatorCompiler } = {
  $eq: compileIdentity,
  $ne: compileIdentity,
  $lt: compileOrder,
  $lte: compileOrder,
  $gt: compileOrder,
  $gte: compileOrder,
  $veq: compileVersionOrder,
  $vne: compileVersionOrder,
  $vlt: compileVersionOrder,
  $vlte: compileVersionOrder,
  $vgt: compileVersionOrder,
  $vgte: compileVersionOrder,
  $in: compileMembership,
  $nin: compileMembership,
  $ini: compileMembership,
  $nini: compileMembership,
  $inGroup: compileGroupMembership,
  $notInGroup: compileGroupMembership,
  $all: compileAll,
  $alli: compileAll,
  $size: compileSize,
  $elemMatch: compileElementMatch,
  $regex: compilePatternMatch,
  $regexi: compilePatternMatch,
  $type: (operand) => (actual) => typeName(actual) === operand,
  $exists: (operand) => (actual) =>
    (actual !== null && actual !== undefined) === Boolean(operand),
  $not: (operand, _, { value }) => {
    const passes = value(operand);
    return (actual, scope) => !passes(actual, scope);
  },
};

function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
