import type { SavedGroups } from "../types/saved_group.ts";
import { isList } from "../support/is_list.ts";
import { isObject, readOwn } from "../support/read_own.ts";

/** The members of a list. */
export interface GroupMembers {
  /** Whether a value is one of them. */
  readonly has: (value: unknown) => boolean;
}

// The members of each list, gathered once. Groups are immutable by contract, so this can't be seen.
const membersOfList = /* @__PURE__ */ new WeakMap<
  readonly unknown[],
  GroupMembers
>();

/** Gives the members of a list group, in either of its forms; null where the group isn't one. */
export function membersOf(group: unknown): GroupMembers | null {
  const list = readOwn(group, "type") === "list"
    ? readOwn(group, "values")
    : group;
  // Asked first: whether a long list can be gone through takes long to tell.
  const known = membersOfList.get(list as readonly unknown[]);
  if (known !== undefined) return known;
  if (!isList(list)) return null;
  const members = new Set(list);
  membersOfList.set(list, members);
  return members;
}

/**
 * A reference to a list group, with what was found by it last: as a rule the next user has the same groups. It
 * knows the turn of the groups in which that was, and not the groups, which would stay in memory as long as
 * the condition that refers.
 */
export interface GroupReference {
  /** The id of the group. */
  readonly id: string;
  /** The turn of the groups; 0 before the group was looked up. */
  turn: number;
  /** The members of the group; null where it isn't a list. */
  members: GroupMembers | null;
}

const noMembers: GroupMembers = /* @__PURE__ */ new Set();

// The groups that were asked last. Their turn is over where others are asked.
const latest: { groups: SavedGroups | undefined; turn: number } = {
  groups: undefined,
  turn: 1,
};

/** Makes a reference that was not looked up yet. */
export function referTo(id: string): GroupReference {
  return { id, turn: 0, members: noMembers };
}

/** Gives the members of the group that is referred to; null where the group isn't a list. */
export function findMembers(
  reference: GroupReference,
  groups: SavedGroups | undefined,
): GroupMembers | null {
  if (latest.groups !== groups) {
    latest.groups = groups;
    latest.turn++;
  }
  // Groups that run code where they are read may end the turn.
  const { turn } = latest;
  if (reference.turn !== turn) {
    const { id } = reference;
    const group = isObject(groups) && Object.hasOwn(groups, id)
      ? groups[id]
      : undefined;
    reference.members = group === undefined ? noMembers : membersOf(group);
    reference.turn = turn;
  }
  return reference.members;
}

/** Whether a value, or one of an array's elements, is a member. */
export function isMember(members: GroupMembers, value: unknown): boolean {
  return isList(value)
    ? value.some((element) => members.has(element))
    : members.has(value);
}
