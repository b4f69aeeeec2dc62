import type { Test } from "./condition_scope.ts";
import { type GroupMembers, groupMembers } from "./saved_group_index.ts";

/**
 * Compiles `$in $nin $ini $nini`. Each is false unless the operand is an array; an array attribute
 * matches when one of its elements does. The `i` forms fold the case of strings.
 */
export function compileMembership(
  operand: unknown,
  operator: string,
): Test {
  if (!Array.isArray(operand)) return () => false;
  const folds = operator.endsWith("i");
  const members = new Set(folds ? operand.map(foldCase) : operand);
  const expected = operator.startsWith("$i");
  return folds
    ? (actual) => isMember(members, foldEach(actual)) === expected
    : (actual) => isMember(members, actual) === expected;
}

/**
 * Compiles `$inGroup $notInGroup`: membership in a saved list. An unknown group has no members;
 * of a group that is no list, or malformed, both are false.
 */
export function compileGroupMembership(
  operand: unknown,
  operator: string,
): Test {
  const expected = operator === "$inGroup";
  return (actual, { savedGroups }) => {
    const members = groupMembers(savedGroups, operand);
    return members !== null && isMember(members, actual) === expected;
  };
}

/** Whether a value, or one of an array's elements, is a member. */
export function isMember(members: GroupMembers, actual: unknown): boolean {
  return Array.isArray(actual)
    ? actual.some((element) => members.has(element))
    : members.has(actual);
}

function foldEach(actual: unknown): unknown {
  return Array.isArray(actual) ? actual.map(foldCase) : foldCase(actual);
}

/** Folds the case of a string and leaves anything else as it is. */
function foldCase(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}
