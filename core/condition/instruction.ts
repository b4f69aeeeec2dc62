import type { SavedGroupTest } from "./saved_groups/saved_group.ts";
import type { VersionOrder } from "./version_order.ts";
import type {
  GroupMembers,
  GroupReference,
} from "./saved_groups/saved_group_index.ts";
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
export const passesEach = 22;

/**
 * One step of a compiled condition: what to read, and what to ask of it. All have the same shape, so
 * that one loop runs them all at full speed.
 */
export type Instruction = FrequentInstruction | RareInstruction;

/** The instructions that most conditions are made of. */
export type FrequentInstruction =
  | Step<typeof isText, string>
  | Step<typeof isNumber, number>
  | Step<typeof isTruthy, null>
  | Step<typeof isSame, unknown>
  | Step<
    typeof isLess | typeof isAtMost | typeof isGreater | typeof isAtLeast,
    number
  >
  | Step<typeof isAmong, GroupMembers>
  | Step<typeof passesAny, readonly Instructions[]>;

/** The others. */
export type RareInstruction =
  | Step<typeof isVersion, VersionOrder>
  | Step<typeof isInGroup, GroupReference>
  | Step<typeof matches, (text: string) => boolean>
  | Step<typeof isThere, null>
  | Step<typeof hasElement | typeof passesAll, Instructions>
  | Step<typeof isJson, string>
  | Step<typeof isAmongFolded, GroupMembers>
  | Step<typeof passesEach, readonly Instructions[]>
  | Step<typeof isInSavedGroup, SavedGroupTest>
  | Step<typeof always, null>
  | Step<typeof fails, Error>
  | Step<typeof calls, Test>;

/** Instructions that must all pass, in order: the first, which knows the next; null for none. */
export type Instructions = Instruction | null;

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
  /** What has to pass next. */
  readonly next: Instructions;
}

/** Makes an instruction for the value at hand. */
export function instruct<Code extends Instruction["code"]>(
  code: Code,
  operand: OperandOf<Code>,
  expected = true,
): Instruction {
  return assemble(code, operand, expected, null, null, null);
}

/** Lets an instruction read a value first: at a dot path, or, without one, the subject itself. */
export function readFirst(
  { code, operand, expected }: Instruction,
  name: string | null,
): Instruction {
  const path = name === null
    ? []
    : name.includes(".")
    ? name.split(".").map(intern)
    : null;
  return assemble(code, operand, expected, name ?? "", path, null);
}

/**
 * Chains instructions, which follow each other in memory and in the loop: a list in between would
 * have to be looked up each time.
 */
export function chain(instructions: readonly Instruction[]): Instructions {
  return instructions.reduceRight<Instructions>(
    (next, { code, operand, expected, name, path }) =>
      assemble(code, operand, expected, name, path, next),
    null,
  );
}

/**
 * Turns instructions for a record that read nothing but one property of it into instructions for the
 * value of that; undefined where they read anything else.
 */
export function forProperty(
  instructions: Instructions,
  name: string,
): Instructions | undefined {
  const list: Instruction[] = [];
  for (let each = instructions; each !== null; each = each.next) {
    const { code, operand, expected } = each;
    if ((each.name ?? name) !== name) return undefined;
    list.push(assemble(code, operand, expected, null, null, null));
  }
  return chain(list);
}

// The one place where instructions are made, so that all have the same shape.
function assemble(
  code: Instruction["code"],
  operand: unknown,
  expected: boolean,
  name: string | null,
  path: readonly string[] | null,
  next: Instructions,
): Instruction {
  return { code, operand, expected, name, path, next } as Instruction;
}

// Texts that are names of properties somewhere are found faster as names.
function intern(text: string): string {
  return Object.keys({ [text]: null })[0]!;
}
