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
  readonly key: string;
  /** How many levels of conditions enclose the group's own. */
  readonly depth: number;
  /** The group that refers to it. */
  readonly outer: ResolvingGroup | null;
}

/** What a condition, or a part of one, compiles to: tests one subject, a record or a value. */
export type Test = (subject: unknown, scope: ConditionScope) => boolean;

/** Compiles what stands inside an operator; handed to the operators, which know nothing else. */
export interface NestedCompiler {
  /** Whether everything that stands inside is too deep to be evaluated. */
  readonly isTooDeep: boolean;
  /** Compiles a condition on a record. */
  readonly condition: (condition: unknown) => Test;
  /** Compiles what is expected of a value. */
  readonly value: (expected: unknown) => Test;
}
