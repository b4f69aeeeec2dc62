import { hasOwn } from "../support/has_own.ts";
import { isList } from "../support/is_list.ts";
import { isObject } from "../support/read_own.ts";
import type { ConditionScope } from "./condition_scope.ts";
import {
  calls,
  hasElement,
  type Instruction,
  type Instructions,
  isAmong,
  isAtLeast,
  isAtMost,
  isGreater,
  isInGroup,
  isLess,
  isNumber,
  isSame,
  isText,
  isTruthy,
} from "./instruction.ts";
import { isComparable, toNumber, toText } from "./primitives.ts";
import { readPath } from "./read_path.ts";
import { findMembers, isMember } from "./members.ts";

/** Tells whether a subject, a record or a value, passes instructions: all run in this loop. */
export function passAll(
  instructions: Instructions,
  subject: unknown,
  scope: ConditionScope,
): boolean {
  let value = subject;
  let current = instructions;
  while (current) {
    const { name, path } = current;
    if (path !== null) value = readPath(subject, path);
    else if (name !== null) {
      value = isObject(subject) && hasOwn(subject, name) ? subject[name] : null;
    }
    current = passes(current, value, scope, subject)
      ? current.next
      : current.otherwise;
  }
  return current === null;
}

// So small that engines put it into the loop.
function passes(
  instruction: Instruction,
  value: unknown,
  scope: ConditionScope,
  subject: unknown,
): boolean {
  switch (instruction.code) {
    case isText:
      return (typeof value === "string" ? value : toText(value)) ===
        instruction.operand;
    case isNumber:
      return toNumber(value) === instruction.operand;
    case isTruthy:
      return value !== null && Boolean(value) === instruction.expected;
    case isSame:
      return (value === instruction.operand) === instruction.expected;
    case isLess:
      return isComparable(value) && value < instruction.operand;
    case isAtMost:
      return isComparable(value) && value <= instruction.operand;
    case isGreater:
      return isComparable(value) && value > instruction.operand;
    case isAtLeast:
      return isComparable(value) && value >= instruction.operand;
    case isAmong:
      return isMember(instruction.operand, value) === instruction.expected;
    case isInGroup: {
      const { savedGroups } = scope.context;
      const members = findMembers(instruction.operand, savedGroups);
      return members !== null &&
        isMember(members, value) === instruction.expected;
    }
    case hasElement:
      return isList(value) &&
        passElement(instruction.operand, value, scope);
    case calls:
      return instruction.operand(value, scope, subject);
  }
}

function passElement(
  instructions: Instructions,
  elements: readonly unknown[],
  scope: ConditionScope,
): boolean {
  for (let index = 0; index < elements.length; index++) {
    const element = elements[index];
    if (element === null || element === undefined) continue;
    if (passAll(instructions, element, scope)) return true;
  }
  return false;
}
