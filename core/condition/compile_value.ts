import {
  compileAll,
  compileAllFolded,
  compileElementMatch,
  compileSize,
} from "./array_tests.ts";
import { compileOrder } from "./compare.ts";
import { failWith, maxConditionDepth, tooDeep } from "./condition_faults.ts";
import type { ConditionCompiler, ValueTest } from "./condition_node.ts";
import { passesEvery } from "./passes_every.ts";
import { compileEquality } from "./equality.ts";
import { isOperatorObject } from "./is_operator_object.ts";
import { compileGroupMembership, compileMembership } from "./membership.ts";
import { compilePatternMatch } from "./pattern_match.ts";
import { compileVersionComparison } from "./version_comparison.ts";

/** Compiles one operator with its operand. */
type OperatorCompiler = (
  operator: string,
  operand: unknown,
  compiler: ConditionCompiler,
  depth: number,
) => ValueTest["test"];

/**
 * Compiles what a condition expects of a value: the operators of an object of operators, or the
 * comparison with a plain value.
 */
export function compileValue(
  expected: unknown,
  compiler: ConditionCompiler,
  depth: number,
): readonly ValueTest[] {
  if (depth > maxConditionDepth) {
    return [{ operator: "equals", operand: expected, test: failWith(tooDeep) }];
  }
  if (!isOperatorObject(expected)) {
    return [{
      operator: "equals",
      operand: expected,
      test: compileEquality(expected),
    }];
  }
  return Object.entries(expected).map(([operator, operand]) => ({
    operator,
    operand,
    test: compileOperator(operator, operand, compiler, depth),
  }));
}

const operators: ReadonlyMap<string, OperatorCompiler> =
  /* @__PURE__ */ new Map<
    string,
    OperatorCompiler
  >([
    ["$eq", (_, operand) => (actual) => actual === operand],
    ["$ne", (_, operand) => (actual) => actual !== operand],
    ["$lt", compileOrder],
    ["$lte", compileOrder],
    ["$gt", compileOrder],
    ["$gte", compileOrder],
    ["$exists", compileExistence],
    ["$in", compileMembership],
    ["$nin", compileMembership],
    ["$ini", compileMembership],
    ["$nini", compileMembership],
    ["$inGroup", compileGroupMembership],
    ["$notInGroup", compileGroupMembership],
    [
      "$all",
      (_, operand, compiler, depth) => compileAll(operand, compiler, depth),
    ],
    [
      "$alli",
      (_, operand, compiler, depth) =>
        compileAllFolded(operand, compiler, depth),
    ],
    [
      "$size",
      (_, operand, compiler, depth) => compileSize(operand, compiler, depth),
    ],
    [
      "$elemMatch",
      (_, operand, compiler, depth) =>
        compileElementMatch(operand, compiler, depth),
    ],
    ["$not", compileNegation],
    ["$type", (_, operand) => (actual) => typeName(actual) === operand],
    ["$regex", compilePatternMatch],
    ["$regexi", compilePatternMatch],
    ["$veq", compileVersionComparison],
    ["$vne", compileVersionComparison],
    ["$vlt", compileVersionComparison],
    ["$vlte", compileVersionComparison],
    ["$vgt", compileVersionComparison],
    ["$vgte", compileVersionComparison],
  ]);

const never: ValueTest["test"] = () => false;

function compileOperator(
  operator: string,
  operand: unknown,
  compiler: ConditionCompiler,
  depth: number,
): ValueTest["test"] {
  const compile = operators.get(operator);
  return compile === undefined
    ? never
    : compile(operator, operand, compiler, depth);
}

function compileExistence(_: string, operand: unknown): ValueTest["test"] {
  return operand
    ? (actual) => actual !== null && actual !== undefined
    : (actual) => actual === null || actual === undefined;
}

function compileNegation(
  _: string,
  operand: unknown,
  compiler: ConditionCompiler,
  depth: number,
): ValueTest["test"] {
  const passes = passesEvery(compiler.value(operand, depth + 1));
  return (actual, scope) => !passes(actual, scope);
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
