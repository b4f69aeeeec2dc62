import { isKeyOf, isObject } from "../support/read_own.ts";
import { compileValue } from "./compile_value.ts";
import {
  malformedCondition,
  maxConditionDepth,
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
  { readonly instructions: Instructions }
>();

/**
 * Compiles a condition into instructions for records, once for each object. Whatever is given
 * compiles; what can't be evaluated ends in a fault when a record reaches it.
 */
export function compileCondition(condition: unknown): Instructions {
  if (!isObject(condition)) return complete(compileAtDepth(condition, 0));
  let known = compiledConditions.get(condition);
  if (known === undefined) {
    known = { instructions: complete(compileAtDepth(condition, 0)) };
    compiledConditions.set(condition, known);
  }
  return known.instructions;
}

/** Compiles what a condition expects at one path into instructions for the value there. */
export function compileExpectation(expected: unknown): Instructions {
  return complete(compileValue(expected, compileAtDepth, 0));
}

function compileAtDepth(condition: unknown, depth: number): Part {
  if (depth > maxConditionDepth) return instruct(fails, tooDeep);
  if (condition === null || condition === undefined) {
    return instruct(fails, malformedCondition);
  }
  return every(
    Object.entries(condition).map(([key, operand]) =>
      compileEntry(key, operand, depth)
    ),
  );
}

// Each entry reads what its key says, and nothing else.
function compileEntry(key: string, operand: unknown, depth: number): Part {
  if (isKeyOf(recordOperators, key)) {
    return recordOperators[key](operand, {
      depth,
      condition: (condition) => compileAtDepth(condition, depth + 1),
      group: compileCondition,
    });
  }
  const part = compileValue(operand, compileAtDepth, depth);
  const place = placeOf(key);
  return (next, otherwise) => part(next, otherwise, place);
}
