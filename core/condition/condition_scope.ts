import type { SavedGroups } from "../types/saved_group.ts";

/** What a condition may look at besides the record it is tested on. */
export interface ConditionScope {
  /** Where the saved groups are that group operators refer to. */
  readonly context: { readonly savedGroups?: SavedGroups | undefined };
  /** The condition groups that were resolved; absent until one is, as each field of a scope costs time. */
  resolution?: Resolution;
}

/** What is spent on condition groups. */
export interface Resolution {
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

/** Gives what a scope has spent on condition groups, to be added to. */
export function resolutionOf(scope: ConditionScope): Resolution {
  return scope.resolution ??= { resolving: null, resolved: 0 };
}

/** Starts a scope in which nothing was resolved yet. */
export function startScope(
  savedGroups: SavedGroups | undefined,
): ConditionScope {
  return { context: { savedGroups } };
}
