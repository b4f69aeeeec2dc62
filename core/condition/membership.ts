import type { ValueTest } from "./condition_node.ts";
import { type GroupMembers, groupMembers } from "./saved_group_index.ts";

/** Tells whether a value, or an element of an array, is one of the members. */
type Membership = (actual: unknown) => boolean;

const nobody: Membership = () => false;

/**
 * Compiles `$in $nin $ini $nini`. Each is false unless the operand is an array; an array attribute
 * matches when one of its elements does. The `i` forms fold the case of strings.
 */
export function compileMembership(
  operator: string,
  operand: unknown,
): ValueTest["test"] {
  if (!Array.isArray(operand)) return nobody;
  const folded = operator === "$ini" || operator === "$nini";
  const members = new Set(folded ? operand.map(foldCase) : operand);
  const isIn: Membership = folded
    ? (actual) => isMember(members, foldEach(actual))
    : (actual) => isMember(members, actual);
  return operator === "$in" || operator === "$ini"
    ? isIn
    : (actual) => !isIn(actual);
}

/**
 * Compiles `$inGroup $notInGroup`: membership in a saved list. An unknown group has no members;
 * of a group that is no list, or malformed, both are false.
 */
export function compileGroupMembership(
  operator: string,
  operand: unknown,
): ValueTest["test"] {
  const expected = operator === "$inGroup";
  return (actual, scope) => {
    const members = groupMembers(scope.savedGroups, operand);
    return members !== null && isMember(members, actual) === expected;
  };
}

/** Whether a value, or one of an array's elements, is a member. */
export function isMember(members: GroupMembers, actual: unknown): boolean {
  if (!Array.isArray(actual)) return members.has(actual);
  for (const element of actual) {
    if (members.has(element)) return true;
  }
  return false;
}

function foldEach(actual: unknown): unknown {
  return Array.isArray(actual) ? actual.map(foldCase) : foldCase(actual);
}

/** Folds the case of a string and leaves anything else as it is. */
function foldCase(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}
