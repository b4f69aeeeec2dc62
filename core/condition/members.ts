import { getOrMake } from "../support/get_or_make.ts";
import { readOwn } from "../support/read_own.ts";

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
  return Array.isArray(list)
    ? getOrMake(membersOfList, list, (members) => new Set(members))
    : null;
}

/** Whether a value, or one of an array's elements, is a member. */
export function isMember(members: GroupMembers, value: unknown): boolean {
  return Array.isArray(value)
    ? value.some((element) => members.has(element))
    : members.has(value);
}
