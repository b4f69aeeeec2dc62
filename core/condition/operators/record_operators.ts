import type { RecordOperator } from "../../types/condition.ts";
import { isObject, readOwn } from "../../support/read_own.ts";
import {
  always,
  instruct,
  type Instruction,
  type Instructions,
  isInSavedGroup,
  passesAll,
  passesAny,
  passesEach,
} from "../instruction.ts";
import { listConditions, ownProperty } from "../list_conditions.ts";

/** Compiles an operator beside the paths, with its operand, into an instruction for the record. */
export type RecordOperatorCompiler = (
  operand: unknown,
  nested: NestedConditions,
) => Instruction;

/** Compiles the conditions inside an operator. */
export interface NestedConditions {
  /** How many levels deep the operator stands. */
  readonly depth: number;
  /** Compiles a condition inside. */
  readonly condition: (condition: unknown) => Instructions;
  /** Compiles the condition of a saved group. */
  readonly group: (condition: unknown) => Instructions;
}

/** The operators that may stand beside the paths of a condition: the one table of them. */
export const recordOperators: {
  readonly [Name in RecordOperator]: RecordOperatorCompiler;
} = {
  $or: or,
  $nor: nor,
  $and: and,
  $not: not,
  $savedGroup: savedGroup,
};

function or(operand: unknown, nested: NestedConditions): Instruction {
  return compileAny(operand, nested, true);
}

function nor(operand: unknown, nested: NestedConditions): Instruction {
  return compileAny(operand, nested, false);
}

function and(operand: unknown, { condition }: NestedConditions): Instruction {
  return instruct(passesEach, listConditions(operand).map(condition));
}

function not(operand: unknown, { condition }: NestedConditions): Instruction {
  return instruct(passesAll, condition(operand), false);
}

// Nothing to choose from leaves everybody in, unless it has a length that is no length.
function compileAny(
  operand: unknown,
  { condition }: NestedConditions,
  expected: boolean,
): Instruction {
  const choices = listConditions(operand).map(condition);
  return choices.length > 0 || ownProperty(operand, "length")
    ? instruct(passesAny, choices, expected)
    : instruct(always, null, expected);
}

// A malformed reference matches no user.
function savedGroup(
  reference: unknown,
  { depth, group: compile }: NestedConditions,
): Instruction {
  const id = readOwn(reference, "id");
  if (!isObject(reference) || typeof id !== "string") {
    return instruct(always, null, false);
  }
  const { attributeKey } = reference;
  return attributeKey === undefined || typeof attributeKey === "string"
    ? instruct(isInSavedGroup, { id, attributeKey, depth, compile })
    : instruct(always, null, false);
}
