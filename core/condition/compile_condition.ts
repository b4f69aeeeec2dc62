import { isObject } from "../support/read_own.ts";
import { listInstructions } from "./compile_value.ts";
import {
  malformedCondition,
  maxConditionDepth,
  tooDeep,
} from "./condition_faults.ts";
import {
  chain,
  fails,
  instruct,
  type Instruction,
  type Instructions,
  readFirst,
} from "./instruction.ts";
import { recordOperators } from "./operators/record_operators.ts";

// Conditions are immutable by contract and compile the same each time, so this can't be seen.
const compiledConditions = /* @__PURE__ */ new WeakMap<object, Instructions>();

/**
 * Compiles a condition into instructions for records, once for each object. Whatever is given
 * compiles; what can't be evaluated ends in a fault when a record reaches it.
 */
export function compileCondition(condition: unknown): Instructions {
  if (!isObject(condition)) return compileAtDepth(condition, 0);
  const known = compiledConditions.get(condition);
  if (known !== undefined) return known;
  const instructions = compileAtDepth(condition, 0);
  compiledConditions.set(condition, instructions);
  return instructions;
}

function compileAtDepth(condition: unknown, depth: number): Instructions {
  if (depth > maxConditionDepth) return instruct(fails, tooDeep);
  if (condition === null || condition === undefined) {
    return instruct(fails, malformedCondition);
  }
  return chain(
    Object.entries(condition).flatMap(([key, operand]) =>
      compileEntry(key, operand, depth)
    ),
  );
}

function compileEntry(
  key: string,
  operand: unknown,
  depth: number,
): readonly Instruction[] {
  if (isRecordOperator(key)) {
    const instruction = recordOperators[key](operand, {
      depth,
      condition: (condition) => compileAtDepth(condition, depth + 1),
      group: compileCondition,
    });
    return [readFirst(instruction, null)];
  }
  const [first, ...rest] = listInstructions(operand, compileAtDepth, depth);
  return first === undefined ? [] : [readFirst(first, key), ...rest];
}

function isRecordOperator(key: string): key is keyof typeof recordOperators {
  return Object.hasOwn(recordOperators, key);
}
