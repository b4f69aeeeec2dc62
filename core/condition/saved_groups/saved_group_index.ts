import type { SavedGroups } from "../../types/saved_group.ts";
import { isObject, readOwn } from "../../support/read_own.ts";

/** The members of a list group. */
export interface GroupMembers {
  /** Whether a value is one of them. */
  readonly has: (value: unknown) => boolean;
}

const noMembers: GroupMembers = /* @__PURE__ */ new Set();

// The members of each list, gathered once. Groups are immutable by contract, so this can't be seen.
const membersOfList = /* @__PURE__ */ new WeakMap<
  readonly unknown[],
  GroupMembers
>();

/** A reference to a list group, with what was found by it last. */
export interface GroupReference {
  /** The id of the group. */
  readonly id: string;
  /** The groups among which it was looked up; undefined before it was. */
  groups: SavedGroups | undefined;
  /** The members of the group there; null where it isn't a list. */
  members: GroupMembers | null;
}

/** Makes a reference that was not looked up yet. */
export function referTo(id: string): GroupReference {
  return { id, groups: undefined, members: noMembers };
}

/** Gives the members of the list group that is referred to; null where the group isn't a list. */
export function groupMembers(
  reference: GroupReference,
  savedGroups: SavedGroups | undefined,
): GroupMembers | null {
  if (reference.groups !== savedGroups) {
    const { id } = reference;
    const group = isObject(savedGroups) && Object.hasOwn(savedGroups, id)
      ? savedGroups[id]
      : undefined;
    const list = group === undefined ? [] : listValues(group);
    reference.members = list === null ? null : membersOf(list);
    reference.groups = savedGroups;
  }
  return reference.members;
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
