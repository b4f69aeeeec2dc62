import { isKeyOf } from "../support/read_own.ts";
import {
  maxConditionDepth,
  type PartsLeft,
  tooDeep,
} from "./condition_faults.ts";
import { compileEquality } from "./equality.ts";
import { every, fails, instruct, never, type Part } from "./instruction.ts";
import { isOperatorObject } from "./is_operator_object.ts";
import { type NestedCompiler, valueOperators } from "./operators/mod.ts";

/**
 * Compiles what a condition expects of a value: the operators of an object of operators, or the
 * comparison with a plain value. `compileCondition` compiles the conditions within.
 */
export function compileValue(
  expected: unknown,
  compileCondition: (
    condition: unknown,
    depth: number,
    left: PartsLeft,
  ) => Part,
  depth: number,
  left: PartsLeft,
): Part {
  if (depth > maxConditionDepth || --left.parts < 0) {
    return instruct(fails, tooDeep);
  }
  if (!isOperatorObject(expected)) return compileEquality(expected);
  const nested: NestedCompiler = {
    isTooDeep: depth === maxConditionDepth,
    condition: (condition) => compileCondition(condition, depth + 1, left),
    value: (expected) =>
      compileValue(expected, compileCondition, depth + 1, left),
  };
  return every(
    Object.entries(expected).map(([operator, operand]) =>
      isKeyOf(valueOperators, operator)
        ? valueOperators[operator](operand, nested)
        : never
    ),
  );
}
