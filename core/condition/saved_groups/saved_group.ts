import { findLink } from "../../support/find_link.ts";
import { isObject, readOwn } from "../../support/read_own.ts";
import {
  maxConditionDepth,
  maxGroupResolutions,
  tooDeep,
} from "../condition_faults.ts";
import {
  type ConditionScope,
  type Resolution,
  resolutionOf,
} from "../condition_scope.ts";
import type { Instructions } from "../instruction.ts";
import { passAll } from "../pass_all.ts";
import { isMember } from "./is_member.ts";
import { readDottedPath } from "../read_path.ts";
import { listValues, membersOf } from "./saved_group_index.ts";

/** What `$savedGroup` refers to. */
export interface SavedGroupTest {
  /** The id of the group. */
  readonly id: string;
  /** A path to the attribute to look up; undefined where the group names it. */
  readonly attributeKey: string | undefined;
  /** How many levels deep the reference stands. */
  readonly depth: number;
  /** Compiles the condition of a group. */
  readonly compile: (condition: object) => Instructions;
}

/**
 * Tells whether a record belongs to a saved group: a list group tests an attribute, a condition
 * group its condition. A group that is malformed, unknown, of the first form or already being
 * resolved matches no user.
 */
export function passesSavedGroup(
  { id, attributeKey, depth, compile }: SavedGroupTest,
  record: unknown,
  scope: ConditionScope,
): boolean {
  const group = readOwn(scope.savedGroups, id);
  if (Array.isArray(group)) return false;
  const condition = readOwn(group, "condition");
  if (readOwn(group, "type") === "condition") {
    if (!isObject(condition)) return false;
    const resolution = resolutionOf(scope);
    const outer = resolution.resolving;
    if (!enter(id, depth, resolution)) return false;
    try {
      return passAll(compile(condition), record, scope);
    } finally {
      resolution.resolving = outer;
    }
  }
  const values = listValues(group);
  const path = attributeKey ?? readOwn(group, "attributeKey");
  return values !== null && typeof path === "string" &&
    isMember(membersOf(values), readDottedPath(record, path));
}

// False where the group is being resolved already: a reference to it from within is a cycle.
function enter(key: string, depth: number, resolution: Resolution): boolean {
  const outer = resolution.resolving;
  if (findLink(outer, key) !== null) return false;
  const total = (outer === null ? 0 : outer.depth) + depth + 1;
  if (
    total > maxConditionDepth || ++resolution.resolved > maxGroupResolutions
  ) {
    throw tooDeep;
  }
  resolution.resolving = { key, depth: total, outer };
  return true;
}
