import { maxConditionDepth, tooDeep } from "./condition_faults.ts";
import { compileEquality } from "./equality.ts";
import {
  always,
  chain,
  fails,
  instruct,
  type Instruction,
  type Instructions,
} from "./instruction.ts";
import { isOperatorObject } from "./is_operator_object.ts";
import { type NestedCompiler, valueOperators } from "./operators/mod.ts";

/**
 * Compiles what a condition expects of a value: the operators of an object of operators, or the
 * comparison with a plain value. `compileCondition` compiles the conditions within.
 */
export function compileValue(
  expected: unknown,
  compileCondition: (condition: unknown, depth: number) => Instructions,
  depth: number,
): Instructions {
  return chain(listInstructions(expected, compileCondition, depth));
}

/** Gives the instructions for what a condition expects of a value, one for each operator. */
export function listInstructions(
  expected: unknown,
  compileCondition: (condition: unknown, depth: number) => Instructions,
  depth: number,
): readonly Instruction[] {
  if (depth > maxConditionDepth) return [instruct(fails, tooDeep)];
  if (!isOperatorObject(expected)) return [compileEquality(expected)];
  const nested: NestedCompiler = {
    isTooDeep: depth === maxConditionDepth,
    condition: (condition) => compileCondition(condition, depth + 1),
    value: (expected) => compileValue(expected, compileCondition, depth + 1),
  };
  return Object.entries(expected).map(([operator, operand]) =>
    isValueOperator(operator)
      ? valueOperators[operator](operand, nested)
      : instruct(always, null, false)
  );
}

function isValueOperator(
  operator: string,
): operator is keyof typeof valueOperators {
  return Object.hasOwn(valueOperators, operator);
}
