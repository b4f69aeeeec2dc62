import type { JsonObject } from "../../../../core/types/json.ts";
import type { SinkEvent } from "../../sink.ts";
import { textOf } from "./text_of.ts";

/** The user that an event is about, as analytics services know users. */
export interface SinkUser {
  /** Identifies a user that is known. */
  readonly userId?: string;
  /** Identifies a device or a visit. */
  readonly anonymousId?: string;
}

const anonymousNames: readonly string[] = [
  "anonymous_id",
  "anonymousId",
  "device_id",
  "deviceId",
  "session_id",
  "sessionId",
];
const userNames: readonly string[] = ["user_id", "userId", "id"];

/**
 * Gives the user of an event. The attribute that decided an exposure comes first: it is an anonymous
 * id where its name says so, and a user's otherwise. Then `user_id`, `userId` and `id`, and
 * `anonymous_id`, `anonymousId`, `device_id`, `deviceId`, `session_id` and `sessionId` of what the
 * event keeps of its user.
 *
 * @example
 * ```ts
 * import { userOf } from "./sink_user.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const event = { id: "1", time: 0, type: "custom", version: 1, data: { name: "a", properties: {} } };
 * const attributes = { id: 7, device_id: "d" };
 * assertEquals(userOf({ ...event, user: { level: "identity", attributes } }), {
 *   userId: "7",
 *   anonymousId: "d",
 * });
 * ```
 */
export function userOf(event: SinkEvent): SinkUser {
  const attributes = attributesOf(event);
  const hashAttribute = event.type === "experiment.viewed"
    ? textOf(event.data["hashAttribute"])
    : undefined;
  const decided = hashAttribute === undefined ? [] : [hashAttribute];
  const isAnonymous = (name: string) => anonymousNames.includes(name);
  const userId = firstOf(attributes, [
    ...decided.filter((name) => !isAnonymous(name)),
    ...userNames,
  ]);
  const anonymousId = firstOf(attributes, [
    ...decided.filter(isAnonymous),
    ...anonymousNames,
  ]);
  return {
    ...(userId === undefined ? {} : { userId }),
    ...(anonymousId === undefined ? {} : { anonymousId }),
  };
}

/** What an event keeps of its user, with the attribute that decided an exposure. */
export function attributesOf({ type, data, user }: SinkEvent): JsonObject {
  const attributes = user?.attributes ?? {};
  const { hashAttribute, hashValue } = data;
  return type === "experiment.viewed" && typeof hashAttribute === "string" &&
      hashValue !== undefined
    ? { ...attributes, [hashAttribute]: hashValue }
    : attributes;
}

function firstOf(
  attributes: JsonObject,
  names: readonly string[],
): string | undefined {
  for (const name of names) {
    if (!Object.hasOwn(attributes, name)) continue;
    const text = textOf(attributes[name]);
    if (text !== undefined) return text;
  }
  return undefined;
}
