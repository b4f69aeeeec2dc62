import type { SavedGroups } from "../types/saved_group.ts";

/** What a condition may look at besides the record it is tested on. */
export interface ConditionScope {
  /** The saved groups that group operators refer to. */
  readonly savedGroups: SavedGroups | undefined;
  /** The condition groups being resolved, innermost first; null outside of any. */
  resolving: ResolvingGroup | null;
  /** How many condition groups were resolved so far. */
  resolved: number;
}

/** A condition group whose condition is being tested. */
export interface ResolvingGroup {
  /** The id of the group. */
  readonly id: string;
  /** How many levels of conditions enclose the group's own. */
  readonly depth: number;
  /** The group that refers to it. */
  readonly outer: ResolvingGroup | null;
}

/** One operator applied to one value. */
export interface ValueTest {
  /** The operator, or `"equals"` for a plain value. */
  readonly operator: string;
  /** What is expected, as it stands in the condition. */
  readonly operand: unknown;
  /** Whether a value is as expected. */
  readonly test: (actual: unknown, scope: ConditionScope) => boolean;
}

/** What is expected at one path. */
export interface AttributeNode {
  /** The dot path. */
  readonly path: string;
  /** Each of these must pass. */
  readonly tests: readonly ValueTest[];
  /** Whether a record is as expected. */
  readonly test: (record: unknown, scope: ConditionScope) => boolean;
}

/** An operator over a whole record: logic over further nodes, or a saved group. */
export interface LogicalNode {
  /** The operator. */
  readonly operator: string;
  /** What stands beneath it in the condition. */
  readonly operand: unknown;
  /** The conditions that the operator combines. */
  readonly children: readonly ConditionNode[];
  /** Whether a record passes. */
  readonly test: (record: unknown, scope: ConditionScope) => boolean;
}

/** A compiled condition, or a part of one: evaluation tests it, explanation walks it. */
export type ConditionNode = AttributeNode | LogicalNode;

/** Compiles what stands inside an operator; handed to the operators, which know nothing else. */
export interface NestedCompiler {
  /** Compiles a condition on a record. */
  readonly condition: (condition: unknown) => ConditionNode;
  /** Compiles what is expected of a value into one test. */
  readonly value: (expected: unknown) => ValueTest["test"];
}
