import {
  maxConditionDepth,
  maxGroupResolutions,
  tooDeep,
} from "./condition_faults.ts";
import type { ConditionScope, Test } from "./condition_scope.ts";
import { isMember } from "./membership.ts";
import { compilePath } from "./read_path.ts";
import { findLink } from "../support/find_link.ts";
import { isObject, readOwn } from "../support/read_own.ts";
import { findGroup, listValues, membersOf } from "./saved_group_index.ts";

/**
 * Compiles what `$savedGroup` refers to: a list group tests an attribute, a condition group its
 * condition. A reference or group that is malformed, unknown, of the first form or already being
 * resolved matches nobody.
 */
export function compileSavedGroup(
  reference: unknown,
  depth: number,
  compile: (condition: unknown) => Test,
): Test {
  const id = readOwn(reference, "id");
  if (!isObject(reference) || typeof id !== "string") return () => false;
  const { attributeKey } = reference;
  if (attributeKey !== undefined && typeof attributeKey !== "string") {
    return () => false;
  }
  return (record, scope) => {
    const group = findGroup(scope.savedGroups, id);
    if (Array.isArray(group)) return false;
    const condition = readOwn(group, "condition");
    if (readOwn(group, "type") === "condition") {
      return isObject(condition) &&
        resolve(id, depth, scope, () => compile(condition)(record, scope));
    }
    const values = listValues(group);
    const path = attributeKey ?? readOwn(group, "attributeKey");
    return values !== null && typeof path === "string" &&
      isMember(membersOf(values), compilePath(path)(record));
  };
}

function resolve(
  key: string,
  depth: number,
  scope: ConditionScope,
  test: () => boolean,
): boolean {
  const outer = scope.resolving;
  // A reference to a group from within is a cycle.
  if (findLink(outer, key) !== null) return false;
  const total = (outer === null ? 0 : outer.depth) + depth + 1;
  if (total > maxConditionDepth || ++scope.resolved > maxGroupResolutions) {
    throw tooDeep;
  }
  scope.resolving = { key, depth: total, outer };
  try {
    return test();
  } finally {
    scope.resolving = outer;
  }
}
