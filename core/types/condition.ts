import type { JsonValue } from "./json.ts";

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
