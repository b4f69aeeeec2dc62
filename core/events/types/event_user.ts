import type { JsonObject } from "../../types/json.ts";

/**
 * How much of a user an event keeps.
 *
 * - `identity`: the attribute that decided the bucket, and its value
 * - `decision`: the attributes that the decision read, too
 * - `all`: every attribute
 */
export const recordLevels = ["identity", "decision", "all"] as const;

/** How much of a user an event keeps; see {@linkcode recordLevels}. */
export type RecordLevel = typeof recordLevels[number];

/** What an event keeps of the user it is about. Nothing else of a user is stored. */
export interface EventUser {
  /** How much was kept. */
  readonly level: RecordLevel;
  /** The attributes that were kept, by name. One that is not here was missing, or not kept. */
  readonly attributes: JsonObject;
  /** The URL, where the decision could read it and more than the identity is kept. */
  readonly url?: string;
}
