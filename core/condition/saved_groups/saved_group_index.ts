import type { SavedGroups } from "../../types/saved_group.ts";
import { isObject, readOwn } from "../../support/read_own.ts";

/** The members of a list group. */
export interface GroupMembers {
  /** Whether a value is one of them. */
  readonly has: (value: unknown) => boolean;
}

const noMembers: GroupMembers = /* @__PURE__ */ new Set();

// The members of each list, gathered once, and the lists of each record of groups by id. Groups are
// immutable by contract, so neither can be seen.
const membersOfList = /* @__PURE__ */ new WeakMap<
  readonly unknown[],
  GroupMembers
>();
const membersOfGroups = /* @__PURE__ */ new WeakMap<
  object,
  Map<string, GroupMembers | null>
>();

/** Finds a saved group; undefined where there is none of that id. */
export function findGroup(
  savedGroups: SavedGroups | undefined,
  id: string,
): unknown {
  if (savedGroups === undefined || savedGroups === null) return undefined;
  return Object.hasOwn(savedGroups, id) ? savedGroups[id] : undefined;
}

/** Gives the members of a list group; null where the group isn't a list. */
export function groupMembers(
  savedGroups: SavedGroups | undefined,
  id: string,
): GroupMembers | null {
  if (!isObject(savedGroups)) return noMembers;
  let known = membersOfGroups.get(savedGroups);
  if (known === undefined) membersOfGroups.set(savedGroups, known = new Map());
  let members = known.get(id);
  if (members === undefined) {
    const group = findGroup(savedGroups, id);
    if (group === undefined) return noMembers;
    const list = listValues(group);
    known.set(id, members = list === null ? null : membersOf(list));
  }
  return members;
}

/** Gives the values of a list group, in either of its forms; null where the group isn't one. */
export function listValues(group: unknown): readonly unknown[] | null {
  const values = readOwn(group, "type") === "list"
    ? readOwn(group, "values")
    : group;
  return Array.isArray(values) ? values : null;
}

/** Gives the set of a list's values, gathered once. */
export function membersOf(list: readonly unknown[]): GroupMembers {
  let members = membersOfList.get(list);
  if (members === undefined) membersOfList.set(list, members = new Set(list));
  return members;
}
