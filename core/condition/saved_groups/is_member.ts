import type { GroupMembers } from "./saved_group_index.ts";

/** Whether a value, or one of an array's elements, is a member. */
export function isMember(members: GroupMembers, value: unknown): boolean {
  return Array.isArray(value)
    ? value.some((element) => members.has(element))
    : members.has(value);
}

/** The same with the case of strings folded, which the members' is already. */
export function isFoldedMember(members: GroupMembers, value: unknown): boolean {
  return Array.isArray(value)
    ? value.some((element) => members.has(foldCase(element)))
    : members.has(foldCase(value));
}

/** Folds the case of a string and leaves anything else as it is. */
export function foldCase(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}
