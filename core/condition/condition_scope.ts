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

/** A test of a value that no instruction describes. */
export type Test = (value: unknown, scope: ConditionScope) => boolean;

/** Starts a scope in which nothing was resolved yet. */
export function startScope(
  savedGroups: SavedGroups | undefined,
): ConditionScope {
  return { savedGroups, resolving: null, resolved: 0 };
}
