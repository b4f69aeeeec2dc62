import type { RecordOperator } from "../../types/condition.ts";
import { isObject, readOwn } from "../../support/read_own.ts";
import {
  calls,
  every,
  instruct,
  type Instructions,
  invert,
  never,
  type Part,
  passes,
  some,
  wholeSubject,
} from "../instruction.ts";
import { listConditions } from "../list_conditions.ts";
import { passesSavedGroup } from "../saved_groups/saved_group.ts";

/** Compiles an operator beside the paths, with its operand, into a part of the condition. */
export type RecordOperatorCompiler = (
  operand: unknown,
  nested: NestedConditions,
) => Part;

/** Compiles the conditions inside an operator. */
export interface NestedConditions {
  /** How many levels deep the operator stands. */
  readonly depth: number;
  /** Compiles a condition inside. */
  readonly condition: (condition: unknown) => Part;
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

// Nothing to choose from leaves everybody in, unless it has a length that is no length.
function or(operand: unknown, { condition }: NestedConditions): Part {
  const choices = listConditions(operand).map(condition);
  return choices.length > 0 || readOwn(Object(operand), "length")
    ? some(choices)
    : passes;
}

function nor(operand: unknown, nested: NestedConditions): Part {
  return invert(or(operand, nested));
}

function and(operand: unknown, { condition }: NestedConditions): Part {
  return every(listConditions(operand).map(condition));
}

function not(operand: unknown, { condition }: NestedConditions): Part {
  return invert(condition(operand));
}

// A malformed reference matches no user.
function savedGroup(
  reference: unknown,
  { depth, group: compile }: NestedConditions,
): Part {
  const id = readOwn(reference, "id");
  if (!isObject(reference) || typeof id !== "string") return never;
  const { attributeKey } = reference;
  if (attributeKey !== undefined && typeof attributeKey !== "string") {
    return never;
  }
  const test = { id, attributeKey, depth, compile };
  const part = instruct(
    calls,
    (record, scope) => passesSavedGroup(test, record, scope),
  );
  return (next, otherwise) => part(next, otherwise, wholeSubject);
}
