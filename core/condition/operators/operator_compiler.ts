import type { Part } from "../instruction.ts";

/** Compiles an operator beneath a path, with its operand, into a part of the condition. */
export type OperatorCompiler = (
  operand: unknown,
  nested: NestedCompiler,
) => Part;

/** Compiles what stands inside an operator; handed to the operators, which know nothing else. */
export interface NestedCompiler {
  /** Whether everything that stands inside is too deep to be evaluated. */
  readonly isTooDeep: boolean;
  /** Compiles a condition on a record. */
  readonly condition: (condition: unknown) => Part;
  /** Compiles what is expected of a value. */
  readonly value: (expected: unknown) => Part;
}
