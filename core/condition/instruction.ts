import type { ConditionScope } from "./condition_scope.ts";
import type { GroupMembers, GroupReference } from "./members.ts";

// What an instruction does with a value. Operators are made of these: what many conditions ask has a code
// of its own, anything else is a test to call.
export const isText = 0;
export const isNumber = 1;
export const isTruthy = 2;
export const isSame = 3;
export const isLess = 4;
export const isAtMost = 5;
export const isGreater = 6;
export const isAtLeast = 7;
export const isAmong = 8;
export const isInGroup = 9;
export const hasElement = 10;
export const calls = 11;

/**
 * One step of a compiled condition: what to read, and what to ask of it. All have the same shape, so
 * that one loop runs them all at full speed.
 */
export type Instruction =
  | Step<typeof isText, string>
  | Step<typeof isNumber, number>
  | Step<typeof isTruthy, null>
  | Step<typeof isSame, unknown>
  | Step<
    typeof isLess | typeof isAtMost | typeof isGreater | typeof isAtLeast,
    number
  >
  | Step<typeof isAmong, GroupMembers>
  | Step<typeof isInGroup, GroupReference>
  | Step<typeof hasElement, Instructions>
  | Step<typeof calls, Test>;

/** What to do next: an instruction, or nothing more, because all has passed (null) or failed. */
export type Instructions = Instruction | null | undefined;

/** A test of a value, which stands somewhere in the subject of the condition. */
export type Test = (
  value: unknown,
  scope: ConditionScope,
  subject: unknown,
) => boolean;

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
  /** The names of a path of several steps; null for a plain name. */
  readonly path: readonly string[] | null;
  /** The answer that passes. */
  readonly expected: boolean;
  /** What the answer depends on. */
  readonly operand: Operand;
  /** What comes where the answer passes. */
  readonly next: Instructions;
  /** What comes where it does not. */
  readonly otherwise: Instructions;
}

/**
 * A part of a condition. Makes its instructions: they test the value at a place, and go on with `next`
 * where it passes and with `otherwise` where it does not.
 */
export type Part = (
  next: Instructions,
  otherwise: Instructions,
  place: Place,
) => Instructions;

/** Where a value is: at a path of names, or at hand. */
export interface Place {
  /** The attribute; null for the value at hand. */
  readonly name: string | null;
  /** The names of a path of several steps. */
  readonly path: readonly string[] | null;
}

const atHand: Place = { name: null, path: null };

/** Places a part at a dot path of the subject. */
export function at(path: string, part: Part): Part {
  const names = path.includes(".") ? path.split(".").map(intern) : null;
  const place: Place = { name: path, path: names };
  return (next, otherwise) => part(next, otherwise, place);
}

/** Makes a part of one instruction. */
export function instruct<Code extends Instruction["code"]>(
  code: Code,
  operand: OperandOf<Code>,
  expected = true,
): Part {
  return (next, otherwise, { name, path }) =>
    ({ code, operand, expected, name, path, next, otherwise }) as Instruction;
}

/** Makes a part that can't be evaluated. */
export function fails(error: Error): Part {
  return instruct(calls, () => {
    throw error;
  });
}

/** The part that always passes. */
export const passes: Part = (next) => next;

/** The part that never passes. */
export const never: Part = (_, otherwise) => otherwise;

/** A part that passes where another does not. */
export function invert(part: Part): Part {
  if (part === passes) return never;
  if (part === never) return passes;
  return (next, otherwise, place) => part(otherwise, next, place);
}

/**
 * Parts that must all pass, in order. Only the first reads the value at the place; the others go on with
 * it, or have places of their own. So the first must be one that asks something.
 */
export function every(parts: readonly Part[]): Part {
  const asked = parts.filter((part) => part !== passes);
  const [first = passes] = asked;
  if (first === passes || first === never) return first;
  return (next, otherwise, place) =>
    asked.reduceRight(
      (then, part, index) =>
        part(then, otherwise, index === 0 ? place : atHand),
      next,
    );
}

/** Parts of which one must pass. */
export function some(parts: readonly Part[]): Part {
  return (next, otherwise, place) =>
    parts.reduceRight((other, part) => part(next, other, place), otherwise);
}

/** Makes the instructions of a part that nothing comes after. */
export function complete(part: Part): Instructions {
  return part(null, undefined, atHand);
}

// Texts that are names of properties somewhere are found faster as names.
function intern(text: string): string {
  return Object.keys({ [text]: null })[0]!;
}
