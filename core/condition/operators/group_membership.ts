import type { SavedGroups } from "../../types/saved_group.ts";
import { isObject } from "../../support/read_own.ts";
import { malformedCondition } from "../condition_faults.ts";
import { calls, fails, instruct } from "../instruction.ts";
import { toText } from "../primitives.ts";
import { type GroupMembers, isMember, membersOf } from "../members.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

// Membership in a saved list. An unknown group has no members; of a group that is no list, or
// malformed, both are false.

/** `$inGroup`: the value is in a saved list. */
export const inGroup: OperatorCompiler = /* @__PURE__ */ groupMembership(true);

/** `$notInGroup`: the value is not in a saved list. */
export const notInGroup: OperatorCompiler = /* @__PURE__ */ groupMembership(
  false,
);

function groupMembership(expected: boolean): OperatorCompiler {
  return (operand) => {
    const id = toText(operand);
    if (id === null) return fails(malformedCondition);
    // What was found last: as a rule the next user has the same groups.
    let groups: SavedGroups | undefined;
    let members: GroupMembers | null = noMembers;
    return instruct(calls, (value, { context }) => {
      const { savedGroups } = context;
      if (groups !== savedGroups) {
        members = findMembers(savedGroups, id);
        groups = savedGroups;
      }
      return members !== null && isMember(members, value) === expected;
    });
  };
}

const noMembers: GroupMembers = /* @__PURE__ */ new Set();

function findMembers(
  groups: SavedGroups | undefined,
  id: string,
): GroupMembers | null {
  const group = isObject(groups) && Object.hasOwn(groups, id)
    ? groups[id]
    : undefined;
  return group === undefined ? noMembers : membersOf(group);
}
