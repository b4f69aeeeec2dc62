import type { ValueOperator } from "../../types/condition.ts";
import { all, allFolded } from "./all.ts";
import { elementMatch } from "./element_match.ts";
import { exists } from "./exists.ts";
import { inGroup, notInGroup } from "./group_membership.ts";
import { equal, notEqual } from "./identity.ts";
import { among, amongFolded, notAmong, notAmongFolded } from "./membership.ts";
import { not } from "./not.ts";
import { atLeast, atMost, greater, less } from "./order.ts";
import { pattern, patternFolded } from "./pattern.ts";
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

export type { NestedCompiler, OperatorCompiler } from "./operator_compiler.ts";

/** The operators that may stand beneath a path: the one table of them. */
export const valueOperators: {
  readonly [Name in ValueOperator]: OperatorCompiler;
} = {
  $eq: equal,
  $ne: notEqual,
  $lt: less,
  $lte: atMost,
  $gt: greater,
  $gte: atLeast,
  $exists: exists,
  $in: among,
  $nin: notAmong,
  $ini: amongFolded,
  $nini: notAmongFolded,
  $all: all,
  $alli: allFolded,
  $inGroup: inGroup,
  $notInGroup: notInGroup,
  $size: size,
  $elemMatch: elementMatch,
  $not: not,
  $type: type,
  $regex: pattern,
  $regexi: patternFolded,
  $veq: versionEqual,
  $vne: versionNotEqual,
  $vlt: versionLess,
  $vlte: versionAtMost,
  $vgt: versionGreater,
  $vgte: versionAtLeast,
};
