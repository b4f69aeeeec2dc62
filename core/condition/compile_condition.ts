import { isKeyOf, isObject } from "../support/read_own.ts";
import { compileValue } from "./compile_value.ts";
import {
  malformedCondition,
  maxConditionDepth,
  maxConditionText,
  type PartsLeft,
  startParts,
  tooDeep,
} from "./condition_faults.ts";
import {
  complete,
  every,
  fails,
  instruct,
  type Instructions,
  type Part,
  placeOf,
} from "./instruction.ts";
import { recordOperators } from "./operators/record_operators.ts";

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
  if (!isObject(condition)) {
    return complete(compileAtDepth(condition, 0, startParts()));
  }
  let known = compiledConditions.get(condition);
  if (known === undefined) {
    known = [complete(compileAtDepth(condition, 0, startParts()))];
    compiledConditions.set(condition, known);
  }
  return known[0];
}

/** Compiles what a condition expects at one path into instructions for the value there. */
export function compileExpectation(expected: unknown): Instructions {
  return complete(compileValue(expected, compileAtDepth, 0, startParts()));
}

function compileAtDepth(
  condition: unknown,
  depth: number,
  left: PartsLeft,
): Part {
  const isLongText = typeof condition === "string" &&
    condition.length > maxConditionText;
  if (depth > maxConditionDepth || --left.parts < 0 || isLongText) {
    return instruct(fails, tooDeep);
  }
  if (condition === null || condition === undefined) {
    return instruct(fails, malformedCondition);
  }
  return every(
    Object.entries(condition).map(([key, operand]) =>
      compileEntry(key, operand, depth, left)
    ),
  );
}

// Each entry reads what its key says, and nothing else.
function compileEntry(
  key: string,
  operand: unknown,
  depth: number,
  left: PartsLeft,
): Part {
  if (isKeyOf(recordOperators, key)) {
    return recordOperators[key](operand, {
      depth,
      condition: (condition) => compileAtDepth(condition, depth + 1, left),
      group: compileCondition,
    });
  }
  const part = compileValue(operand, compileAtDepth, depth, left);
  const place = placeOf(key);
  return (next, otherwise) => part(next, otherwise, place);
}
