import type { Condition } from "./condition.ts";
import type { JsonPrimitive } from "./json.ts";

/** A saved group that lists its members by the value of one attribute. */
export interface ListSavedGroup {
  /** Marks a list. */
  readonly type: "list";
  /** A path to the attribute that decides. */
  readonly attributeKey: string;
  /** The values of the members. */
  readonly values: readonly JsonPrimitive[];
}

/** A saved group that describes its members. */
export interface ConditionSavedGroup {
  /** Marks a condition. */
  readonly type: "condition";
  /** What holds for its members. */
  readonly condition: Condition;
}

/** A saved group: a plain array of values (the first form), a list or a condition. */
export type SavedGroup =
  | readonly JsonPrimitive[]
  | ListSavedGroup
  | ConditionSavedGroup;

/** Saved groups by id. */
export interface SavedGroups {
  /** The group under an id. */
  readonly [id: string]: SavedGroup;
}
