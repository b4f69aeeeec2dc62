import { setOwn } from "../../support/set_own.ts";
import { isObject } from "../../support/read_own.ts";
import type { Attributes } from "../../types/attributes.ts";
import type { JsonValue } from "../../types/json.ts";
import type { EventUser, RecordLevel } from "./event_user.ts";
import { hashValueAsJson, jsonOrNothing } from "./json_or_nothing.ts";

/** The user of a decision, and what the decision went by. */
export interface DecidedUser {
  /** All that is known of the user. */
  readonly attributes: Attributes;
  /** The URL, where there is one. */
  readonly url?: string | undefined;
  /** The attribute that decided the bucket; absent where none did. */
  readonly hashAttribute?: string | undefined;
  /** Its value, as the decision saw it. */
  readonly hashValue?: unknown;
  /** The names of the attributes that the decision reads, as `featureDependencies` lists them. */
  readonly readAttributes?: readonly string[] | undefined;
  /** Whether the decision reads the URL. */
  readonly readsUrl?: boolean | undefined;
}

/**
 * Decides what of a user an event keeps. At level `identity` that is the hash attribute alone; at
 * `decision` also the attributes that the decision reads, and the URL where it reads that; at `all`
 * every attribute and the URL.
 *
 * Returns frozen JSON. An attribute whose value is not JSON is left out; only own properties are
 * read.
 *
 * @example
 * ```ts
 * import { readUser } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const user = {
 *   attributes: { id: "7", country: "fr", email: "ada@example.com" },
 *   hashAttribute: "id",
 *   hashValue: "7",
 *   readAttributes: ["id", "country"],
 * };
 * assertEquals(readUser("identity", user), { level: "identity", attributes: { id: "7" } });
 * assertEquals(readUser("decision", user).attributes, { id: "7", country: "fr" });
 * ```
 */
export function readUser(level: RecordLevel, user: DecidedUser): EventUser {
  const { attributes, hashAttribute, url } = user;
  const kept: { [name: string]: JsonValue } = {};
  for (const name of namesToKeep(level, user)) {
    if (!isObject(attributes) || !Object.hasOwn(attributes, name)) continue;
    const value = jsonOrNothing(attributes[name]);
    if (value !== undefined) setOwn(kept, name, value);
  }
  if (hashAttribute !== undefined) {
    setOwn(kept, hashAttribute, hashValueAsJson(user.hashValue));
  }
  const keepsUrl = level === "all" ||
    level === "decision" && user.readsUrl === true;
  return Object.freeze({
    level,
    attributes: Object.freeze(kept),
    ...(keepsUrl && typeof url === "string" ? { url } : {}),
  });
}

function namesToKeep(
  level: RecordLevel,
  { attributes, readAttributes }: DecidedUser,
): readonly string[] {
  if (level === "identity") return [];
  if (level === "decision") return readAttributes ?? [];
  return isObject(attributes) ? Object.keys(attributes) : [];
}
