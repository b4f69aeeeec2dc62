import { findLink } from "../../support/find_link.ts";
import { isObject, readOwn } from "../../support/read_own.ts";
import {
  maxConditionDepth,
  maxGroupResolutions,
  tooDeep,
} from "../condition_faults.ts";
import { type Resolution, resolutionOf } from "../condition_scope.ts";
import { calls, instruct, never } from "../instruction.ts";
import { isMember, membersOf } from "../members.ts";
import { passAll } from "../pass_all.ts";
import { readPath } from "../read_path.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

/**
 * `$savedGroup`: the record belongs to a saved group. A list group tests an attribute, a condition group
 * its condition. A reference or a group that is malformed, and a group that is unknown, of the first form
 * or already being resolved, match no user.
 */
export const savedGroup: OperatorCompiler = (reference, { depth, group }) => {
  const { id, attributeKey }: Reference = Object(reference);
  if (typeof id !== "string") return never;
  if (attributeKey !== undefined && typeof attributeKey !== "string") {
    return never;
  }
  // The path that was read last: as a rule the group is the same for the next user.
  let path = "";
  let names = [path];
  return instruct(calls, (_, scope, record) => {
    const found = readOwn(scope.context.savedGroups, id);
    if (Array.isArray(found)) return false;
    if (readOwn(found, "type") === "condition") {
      const condition = readOwn(found, "condition");
      if (!isObject(condition)) return false;
      const resolution = resolutionOf(scope);
      const outer = resolution.resolving;
      if (!enter(id, depth, resolution)) return false;
      try {
        return passAll(group(condition), record, scope);
      } finally {
        resolution.resolving = outer;
      }
    }
    const members = membersOf(found);
    const wanted = attributeKey ?? readOwn(found, "attributeKey");
    if (members === null || typeof wanted !== "string") return false;
    if (path !== wanted) names = (path = wanted).split(".");
    return isMember(members, readPath(record, names));
  });
};

/** What may refer to a group. */
interface Reference {
  readonly id?: unknown;
  readonly attributeKey?: unknown;
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
