import { failWith, malformedCondition } from "./condition_faults.ts";
import type { NestedCompiler, Test } from "./condition_scope.ts";
import { isOperatorObject } from "./is_operator_object.ts";

/** Compiles `$size`: what is expected of the length of an array. */
export function compileSize(
  operand: unknown,
  _: string,
  { value }: NestedCompiler,
): Test {
  const passes = value(operand);
  return (actual, scope) =>
    Array.isArray(actual) && passes(actual.length, scope);
}

/**
 * Compiles `$elemMatch`: some element that is not null must be as the operand says, which is an
 * object of operators for the element itself or a condition on its properties.
 */
export function compileElementMatch(
  operand: unknown,
  _: string,
  { value, condition }: NestedCompiler,
): Test {
  if (operand === null || operand === undefined) {
    const fail = failWith(malformedCondition);
    return (actual, scope) => Array.isArray(actual) && fail(actual, scope);
  }
  const passes = isOperatorObject(operand)
    ? value(operand)
    : condition(operand);
  return (actual, scope) =>
    Array.isArray(actual) &&
    actual.some((element) =>
      element !== null && element !== undefined && passes(element, scope)
    );
}
