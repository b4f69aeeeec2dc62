import { all, allFolded } from "./all.ts";
import { elementMatch } from "./element_match.ts";
import { exists } from "./exists.ts";
import { inGroup, notInGroup } from "./group_membership.ts";
import { equal, notEqual } from "./identity.ts";
import { among, amongFolded, notAmong, notAmongFolded } from "./membership.ts";
import { not } from "./not.ts";
import { atLeast, atMost, greater, less } from "./order.ts";
import { pattern, patternFolded } from "./pattern.ts";
import { type RecordOperator, recordOperators } from "./record_operators.ts";
import { size } from "./size.ts";
import { type } from "./type.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";
import {
  versionAtLeast,
  versionAtMost,
  versionEqual,
  versionGreater,
  versionLess,
  versionNotEqual,
} from "./version.ts";

export type { RecordOperator } from "./record_operators.ts";
export type { NestedCompiler, OperatorCompiler } from "./operator_compiler.ts";

/** The operators that may stand beneath a path: the one table of them. */
export const valueOperators = {
  $eq: equal as OperatorCompiler,
  $ne: notEqual as OperatorCompiler,
  $lt: less as OperatorCompiler,
  $lte: atMost as OperatorCompiler,
  $gt: greater as OperatorCompiler,
  $gte: atLeast as OperatorCompiler,
  $exists: exists as OperatorCompiler,
  $in: among as OperatorCompiler,
  $nin: notAmong as OperatorCompiler,
  $ini: amongFolded as OperatorCompiler,
  $nini: notAmongFolded as OperatorCompiler,
  $all: all as OperatorCompiler,
  $alli: allFolded as OperatorCompiler,
  $inGroup: inGroup as OperatorCompiler,
  $notInGroup: notInGroup as OperatorCompiler,
  $size: size as OperatorCompiler,
  $elemMatch: elementMatch as OperatorCompiler,
  $not: not as OperatorCompiler,
  $type: type as OperatorCompiler,
  $regex: pattern as OperatorCompiler,
  $regexi: patternFolded as OperatorCompiler,
  $veq: versionEqual as OperatorCompiler,
  $vne: versionNotEqual as OperatorCompiler,
  $vlt: versionLess as OperatorCompiler,
  $vlte: versionAtMost as OperatorCompiler,
  $vgt: versionGreater as OperatorCompiler,
  $vgte: versionAtLeast as OperatorCompiler,
};

/** An operator that may stand beneath an attribute path. */
export type ValueOperator = keyof typeof valueOperators;

/** An operator of the condition language. */
export type ConditionOperator = RecordOperator | ValueOperator;

/**
 * The operators that a condition may use, in the three places where they may stand: beside the
 * attribute paths (`$or $nor $and $savedGroup`), beneath a path, or in both (`$not`).
 */
export const conditionOperators: readonly ConditionOperator[] =
  /* @__PURE__ */ listOperators();

function listOperators(): readonly ConditionOperator[] {
  const names = [
    ...Object.keys(recordOperators),
    ...Object.keys(valueOperators),
  ];
  return [...new Set(names)] as ConditionOperator[];
}
