import { failWith, malformedCondition } from "./condition_faults.ts";
import type { NestedCompiler, Test } from "./condition_scope.ts";
import { isOperatorObject } from "./is_operator_object.ts";
import { toText } from "./primitives.ts";

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

/** How many operands may look through the elements one by one. Beyond that they are gathered once. */
const manyOperands = 16;

/**
 * Compiles `$all $alli`: each operand must be matched by some element. `$alli` compares strings in
 * lower case. Many strings are looked up, so that two long lists take no longer than both together.
 */
export function compileAll(
  operand: unknown,
  operator: string,
  { value }: NestedCompiler,
): Test {
  if (!Array.isArray(operand)) return () => false;
  const toKey = operator === "$alli" ? toFoldedText : toText;
  const wanted: readonly (string | Test)[] = operand.map((entry) => {
    if (typeof entry !== "string") return value(entry);
    const key = toKey(entry)!;
    return operand.length > manyOperands
      ? key
      : (element) => toKey(element) === key;
  });
  return (actual, scope) => {
    if (!Array.isArray(actual)) return false;
    let texts: ReadonlySet<unknown> | null = null;
    return wanted.every((entry) =>
      typeof entry === "string"
        ? (texts ??= new Set(actual.map(toKey))).has(entry)
        : actual.some((element) => entry(element, scope))
    );
  };
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

function toFoldedText(value: unknown): string | null {
  return toText(value)?.toLowerCase() ?? null;
}
