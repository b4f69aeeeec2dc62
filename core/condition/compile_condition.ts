import { isKeyOf, isObject, readOwn } from "../support/read_own.ts";
import { compileValue } from "./compile_value.ts";
import {
  malformedCondition,
  maxConditionDepth,
  type PartsLeft,
  startParts,
  tooDeep,
} from "./condition_faults.ts";
import {
  calls,
  complete,
  every,
  fails,
  instruct,
  type Instructions,
  type Part,
  placeOf,
  wholeSubject,
} from "./instruction.ts";
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
  if (depth > maxConditionDepth || --left.parts < 0) {
    return instruct(fails, tooDeep);
  }
  if (condition === null || condition === undefined) {
    return instruct(fails, malformedCondition);
  }
  if (typeof condition === "string") return compileText(condition);
  return every(
    Object.entries(condition).map(([key, operand]) =>
      compileEntry(key, operand, depth, left)
    ),
  );
}

// The entries of a text are its characters, by their positions. Few users have an attribute of such a name, so
// that it takes no time to see that a text does not hold, however long it is.
function compileText(text: string): Part {
  const part = instruct(calls, (record) => {
    for (let index = 0; index < text.length; index++) {
      const value = readOwn(record, String(index));
      if (toText(value) !== text[index]) return false;
    }
    return true;
  });
  return (next, otherwise) => part(next, otherwise, wholeSubject);
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
