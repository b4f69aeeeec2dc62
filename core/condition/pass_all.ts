import { hasOwn } from "../support/has_own.ts";
import { isObject } from "../support/read_own.ts";
import { isInVersionOrder } from "./version_order.ts";
import type { ConditionScope } from "./condition_scope.ts";
import {
  calls,
  fails,
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
  isThere,
  isTruthy,
  isVersion,
  matches,
  type RareInstruction,
} from "./instruction.ts";
import { isMember } from "./saved_groups/is_member.ts";
import { isComparable, toNumber, toText } from "./primitives.ts";
import { readPath } from "./read_path.ts";
import { groupMembers } from "./saved_groups/saved_group_index.ts";

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
    current = passes(current, value, scope) ? current.next : current.otherwise;
  }
  return current === null;
}

// The most frequent questions, in a function so small that engines put it into the loop.
function passes(
  instruction: Instruction,
  value: unknown,
  scope: ConditionScope,
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
    default:
      return passesRarely(instruction, value, scope);
  }
}

function passesRarely(
  instruction: RareInstruction,
  value: unknown,
  scope: ConditionScope,
): boolean {
  switch (instruction.code) {
    case isVersion:
      return isInVersionOrder(value, instruction.operand);
    case isInGroup: {
      const members = groupMembers(instruction.operand, scope.savedGroups);
      return members !== null &&
        isMember(members, value) === instruction.expected;
    }
    case matches: {
      const text = toText(value);
      return text !== null && instruction.operand(text);
    }
    case isThere:
      return (value !== null && value !== undefined) === instruction.expected;
    case hasElement:
      return Array.isArray(value) &&
        passElement(instruction.operand, value, scope);
    case fails:
      throw instruction.operand;
    case calls:
      return instruction.operand(value, scope);
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
