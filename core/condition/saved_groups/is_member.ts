import type { GroupMembers } from "./saved_group_index.ts";

/** Whether a value, or one of an array's elements, is a member. */
export function isMember(members: GroupMembers, value: unknown): boolean {
  return Array.isArray(value)
    ? value.some((element) => members.has(element))
    : members.has(value);
}

/** Folds the case of a string and leaves anything else as it is. */
export function foldCase(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}
