import type { Instructions, Part } from "../instruction.ts";

/** Compiles an operator with its operand into a part of the condition. */
export type OperatorCompiler = (
  operand: unknown,
  nested: NestedCompiler,
) => Part;

/** Compiles what stands inside an operator; handed to the operators, which know nothing else. */
export interface NestedCompiler {
  /** How many levels deep the operator stands. */
  readonly depth: number;
  /** Compiles a condition on a record. */
  readonly condition: (condition: unknown) => Part;
  /** Compiles what is expected of a value. */
  readonly value: (expected: unknown) => Part;
  /** Compiles the condition of a saved group, which begins anew. */
  readonly group: (condition: unknown) => Instructions;
}
