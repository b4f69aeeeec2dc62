import { isObject, readOwn } from "../../support/read_own.ts";
import type { RecordOperator } from "../../types/condition.ts";
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
  $or: (operand, nested) => compileAny(operand, nested, true),
  $nor: (operand, nested) => compileAny(operand, nested, false),
  $and: (operand, { condition }) =>
    instruct(passesEach, listConditions(operand).map(condition)),
  $not: (operand, { condition }) =>
    instruct(passesAll, condition(operand), false),
  $savedGroup: compileSavedGroup,
};

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

// A reference that is malformed matches nobody.
function compileSavedGroup(
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
