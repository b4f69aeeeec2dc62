import type { JsonValue } from "./json.ts";

/**
 * The operators that a condition may use, in the three places where they may stand: beside the
 * attribute paths (`$or $nor $and $savedGroup`), beneath a path, or in both (`$not`).
 */
export const conditionOperators = [
  "$or",
  "$nor",
  "$and",
  "$not",
  "$savedGroup",
  "$eq",
  "$ne",
  "$lt",
  "$lte",
  "$gt",
  "$gte",
  "$exists",
  "$in",
  "$nin",
  "$ini",
  "$nini",
  "$all",
  "$alli",
  "$inGroup",
  "$notInGroup",
  "$size",
  "$elemMatch",
  "$type",
  "$regex",
  "$regexi",
  "$veq",
  "$vne",
  "$vlt",
  "$vlte",
  "$vgt",
  "$vgte",
] as const;

/** An operator of the condition language. */
export type ConditionOperator = typeof conditionOperators[number];

/** An operator that may stand beside the attribute paths of a condition. */
export type RecordOperator = Extract<
  ConditionOperator,
  "$or" | "$nor" | "$and" | "$not" | "$savedGroup"
>;

/** An operator that may stand beneath an attribute path: any other, and `$not` too. */
export type ValueOperator =
  | Exclude<ConditionOperator, RecordOperator>
  | "$not";

/** Names the saved group a user must belong to, and the attribute that is looked up in it. */
export interface SavedGroupReference {
  /** The key of the group in `savedGroups`. */
  readonly id: string;
  /** A path to the attribute to look up; overrides the attribute that a list group names. */
  readonly attributeKey?: string;
}

/**
 * A targeting condition: attribute paths with what is expected there, and logical operators over
 * further conditions. All entries must hold, so `{}` holds for everyone.
 */
export interface Condition {
  /** Holds when one of the conditions does, or when there are none. */
  readonly $or?: readonly Condition[];
  /** Holds when none of the conditions does; false when there are none. */
  readonly $nor?: readonly Condition[];
  /** Holds when all of the conditions do. */
  readonly $and?: readonly Condition[];
  /** Holds when the condition does not. */
  readonly $not?: Condition;
  /** Holds for the members of a saved group. */
  readonly $savedGroup?: SavedGroupReference;
  /** What is expected at a dot path: a value, or an object of operators. */
  readonly [path: string]: JsonValue | object | undefined;
}
