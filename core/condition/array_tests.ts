import type {
  ConditionCompiler,
  ConditionScope,
  ValueTest,
} from "./condition_node.ts";
import { failWith, malformedCondition } from "./condition_faults.ts";
import { passesEvery } from "./passes_every.ts";
import { isOperatorObject } from "./is_operator_object.ts";
import { toText } from "./primitives.ts";

const never: ValueTest["test"] = () => false;

/** Compiles `$size`: what is expected of the length of an array. */
export function compileSize(
  operand: unknown,
  compiler: ConditionCompiler,
  depth: number,
): ValueTest["test"] {
  const passes = passesEvery(compiler.value(operand, depth + 1));
  return (actual, scope) =>
    Array.isArray(actual) && passes(actual.length, scope);
}

/** Compiles `$all`: each operand must be matched by some element. */
export function compileAll(
  operand: unknown,
  compiler: ConditionCompiler,
  depth: number,
): ValueTest["test"] {
  if (!Array.isArray(operand)) return never;
  return someElementPassesEach(
    operand.map((entry) => compiler.value(entry, depth + 1)),
  );
}

/** Compiles `$alli`: `$all` with strings compared in lower case. */
export function compileAllFolded(
  operand: unknown,
  compiler: ConditionCompiler,
  depth: number,
): ValueTest["test"] {
  if (!Array.isArray(operand)) return never;
  return someElementPassesEach(
    operand.map((entry) =>
      typeof entry === "string"
        ? [foldedEquality(entry.toLowerCase())]
        : compiler.value(entry, depth + 1)
    ),
  );
}

/**
 * Compiles `$elemMatch`: some element that is not null must be as the operand says, which is an
 * object of operators for the element itself or a condition on its properties.
 */
export function compileElementMatch(
  operand: unknown,
  compiler: ConditionCompiler,
  depth: number,
): ValueTest["test"] {
  const matches = compileElement(operand, compiler, depth);
  return (actual, scope) => Array.isArray(actual) && matches(actual, scope);
}

function someElementPassesEach(
  expected: readonly (readonly ValueTest[])[],
): ValueTest["test"] {
  const tests = expected.map(passesEvery);
  return (actual, scope) =>
    Array.isArray(actual) &&
    tests.every((passes) => actual.some((element) => passes(element, scope)));
}

function compileElement(
  operand: unknown,
  compiler: ConditionCompiler,
  depth: number,
): (elements: readonly unknown[], scope: ConditionScope) => boolean {
  if (operand === null || operand === undefined) {
    return failWith(malformedCondition);
  }
  if (isOperatorObject(operand)) {
    const passes = passesEvery(compiler.value(operand, depth + 1));
    return (elements, scope) =>
      elements.some((element) => isPresent(element) && passes(element, scope));
  }
  const node = compiler.condition(operand, depth + 1);
  return (elements, scope) =>
    elements.some((element) => isPresent(element) && node.test(element, scope));
}

function isPresent(element: unknown): boolean {
  return element !== null && element !== undefined;
}

function foldedEquality(expected: string): ValueTest {
  return {
    operator: "equals",
    operand: expected,
    test: (actual) => toText(actual)?.toLowerCase() === expected,
  };
}
