import { getOrMake } from "../support/get_or_make.ts";
import { isKeyOf, isObject, readOwn } from "../support/read_own.ts";
import {
  malformedCondition,
  maxConditionDepth,
  type PartsLeft,
  startParts,
  tooDeep,
} from "./condition_faults.ts";
import { compileEquality } from "./equality.ts";
import {
  at,
  calls,
  complete,
  every,
  fails,
  instruct,
  type Instructions,
  never,
  type Part,
} from "./instruction.ts";
import { isOperatorObject } from "./is_operator_object.ts";
import { type NestedCompiler, valueOperators } from "./operators/mod.ts";
import { recordOperators } from "./operators/record_operators.ts";
import { toText } from "./primitives.ts";

// Conditions are immutable by contract and compile the same each time, so this can't be seen.
const compiledConditions = /* @__PURE__ */ new WeakMap<
  object,
  readonly [Instructions]
>();

/**
 * Compiles a condition into instructions for records, once for each object. Whatever is given
 * compiles; what can't be evaluated ends in a fault when a record reaches it.
 */
export function compileCondition(condition: unknown): Instructions {
  const compile = () => compileWithin(condition, startParts());
  return isObject(condition)
    ? getOrMake(compiledConditions, condition, () => [compile()] as const)[0]
    : compile();
}

/** Does the same each time it is called, and takes the parts from those that are left. */
export function compileWithin(
  condition: unknown,
  left: PartsLeft,
): Instructions {
  return complete(compileAtDepth(condition, 0, left));
}

/** Compiles what a condition expects at one path into instructions for the value there. */
export function compileExpectation(expected: unknown): Instructions {
  return complete(compileValue(expected, 0, startParts()));
}

function compileAtDepth(
  condition: unknown,
  depth: number,
  left: PartsLeft,
): Part {
  if (isTooMuch(depth, left)) return fails(tooDeep);
  if (condition === null || condition === undefined) {
    return fails(malformedCondition);
  }
  if (typeof condition === "string") return compileText(condition);
  const nested = nestedCompiler(depth, left);
  // Each entry reads what its key says, and nothing else.
  return every(
    Object.entries(condition).map(([key, operand]) =>
      isKeyOf(recordOperators, key)
        ? recordOperators[key](operand, nested)
        : at(key, compileValue(operand, depth, left))
    ),
  );
}

// The entries of a text are its characters, by their positions. Few users have an attribute of such a name, so
// that it takes no time to see that a text does not hold, however long it is.
function compileText(text: string): Part {
  return instruct(calls, (_, _scope, record) => {
    for (let index = 0; index < text.length; index++) {
      const value = readOwn(record, String(index));
      if (toText(value) !== text[index]) return false;
    }
    return true;
  });
}

/** Compiles the operators of an object of operators, or the comparison with a plain value. */
function compileValue(
  expected: unknown,
  depth: number,
  left: PartsLeft,
): Part {
  if (isTooMuch(depth, left)) return fails(tooDeep);
  if (!isOperatorObject(expected)) return compileEquality(expected);
  const nested = nestedCompiler(depth, left);
  return every(
    Object.entries(expected).map(([operator, operand]) =>
      isKeyOf(valueOperators, operator)
        ? valueOperators[operator](operand, nested)
        : never
    ),
  );
}

function isTooMuch(depth: number, left: PartsLeft): boolean {
  return depth > maxConditionDepth || --left.parts < 0;
}

function nestedCompiler(depth: number, left: PartsLeft): NestedCompiler {
  return {
    depth,
    condition: (condition) => compileAtDepth(condition, depth + 1, left),
    value: (expected) => compileValue(expected, depth + 1, left),
    group: compileCondition,
  };
}
