import type { SavedGroupTest } from "./saved_group.ts";
import type { VersionOrder } from "./version_order.ts";
import type { GroupMembers } from "./saved_group_index.ts";
import type { Test } from "./condition_scope.ts";

// What an instruction does with a value. Operators are made of these.
export const isText = 0;
export const isNumber = 1;
export const isTruthy = 2;
export const isJson = 3;
export const isSame = 4;
export const isLess = 5;
export const isAtMost = 6;
export const isGreater = 7;
export const isAtLeast = 8;
export const isVersion = 9;
export const isAmong = 10;
export const isAmongFolded = 11;
export const isInGroup = 12;
export const isThere = 13;
export const matches = 14;
export const hasElement = 15;
export const passesAny = 16;
export const passesAll = 17;
export const isInSavedGroup = 18;
export const always = 19;
export const fails = 20;
export const calls = 21;

/**
 * One step of a compiled condition: what to read, and what to ask of it. All have the same shape, so
 * that one loop runs them all at full speed.
 */
export type Instruction =
  | Step<typeof isText, string>
  | Step<typeof isNumber, number>
  | Step<typeof isTruthy, null>
  | Step<typeof isJson, string>
  | Step<typeof isSame, unknown>
  | Step<
    typeof isLess | typeof isAtMost | typeof isGreater | typeof isAtLeast,
    number
  >
  | Step<typeof isVersion, VersionOrder>
  | Step<typeof isAmong | typeof isAmongFolded, GroupMembers>
  | Step<typeof isInGroup, string>
  | Step<typeof isThere, null>
  | Step<typeof matches, (text: string) => boolean>
  | Step<typeof hasElement | typeof passesAll, Instructions>
  | Step<typeof passesAny, readonly Instructions[]>
  | Step<typeof isInSavedGroup, SavedGroupTest>
  | Step<typeof always, null>
  | Step<typeof fails, Error>
  | Step<typeof calls, Test>;

/** Steps that must all pass, in order. */
export type Instructions = readonly Instruction[];

/** The operand that an instruction of a code goes by. */
export type OperandOf<Code> = Instruction extends infer Each
  ? Each extends Step<infer Codes, infer Operand>
    ? Code extends Codes ? Operand : never
  : never
  : never;

interface Step<Code extends number, Operand> {
  /** What is asked. */
  readonly code: Code;
  /** The attribute to read first; null goes on with the value that the last step read. */
  readonly name: string | null;
  /** The names of a path of several steps, or of none: the subject itself; null for a plain name. */
  readonly path: readonly string[] | null;
  /** The answer that passes. */
  readonly expected: boolean;
  /** What the answer depends on. */
  readonly operand: Operand;
}

/** Makes an instruction for the value at hand. */
export function instruct<Code extends Instruction["code"]>(
  code: Code,
  operand: OperandOf<Code>,
  expected = true,
): Instruction {
  return { code, name: null, path: null, expected, operand } as Instruction;
}

/** Lets instructions for a value read it first: at a dot path, or, without one, the subject itself. */
export function readFirst(
  [first, ...rest]: Instructions,
  name: string | null,
): Instructions {
  if (first === undefined) return rest;
  const path = name === null ? [] : name.includes(".") ? name.split(".") : null;
  const { code, expected, operand } = first;
  const reading = { code, name: name ?? "", path, expected, operand };
  return [reading as Instruction, ...rest];
}
