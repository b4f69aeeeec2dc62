import type {
  EventUser,
  RecordLevel,
} from "../../../../core/events/types/event_user.ts";
import { readUser } from "../../../../core/events/types/read_user.ts";
import type { FeatureDependencies } from "../../../../core/feature/feature_dependencies.ts";
import type { Context } from "../../../../core/types/context.ts";
import type { ExposedUser } from "../consumers/tracking_callback.ts";
import type { Exposure } from "../entry.ts";

/** What of a user a decision reads. */
export type DecisionReads = Pick<FeatureDependencies, "attributes" | "url">;

/** Makes what gives what the event of an exposure keeps of its user. */
export function createExposedUsers(
  level: RecordLevel,
  readsOf: (exposure: Exposure) => DecisionReads | null,
): (exposure: Exposure) => EventUser {
  let last: EventUser | null = null;
  return (exposure) => {
    const { context, viewed: { result } } = exposure;
    const { hashAttribute, hashValue } = result;
    // Exposures of one request have one user, most of the time.
    const isLast = level === "identity" &&
      last?.attributes[hashAttribute] === hashValue;
    if (isLast) return last!;
    const reads = readsOf(exposure);
    return last = readUser(level, {
      ...(level === "identity" ? { attributes: {} } : userOf(context)),
      hashAttribute,
      hashValue,
      readAttributes: reads?.attributes,
      readsUrl: reads?.url ?? true,
    });
  };
}

/**
 * Gives what an event keeps of its user that no decision led to: at every level but `all`, the
 * attributes by which experiments know users, so that it can be held against their exposures.
 */
export function describeAnyUser(
  level: RecordLevel,
  context: Context<object>,
  identifiers: readonly string[],
): EventUser {
  const user = userOf(context);
  if (level === "all") return readUser(level, user);
  const readAttributes = ["id", ...identifiers];
  return { ...readUser("decision", { ...user, readAttributes }), level };
}

/** Gives all that is known of the user of a context. */
export function userOf(
  { attributes, attributeOverrides, url = "" }: Context<object>,
): ExposedUser {
  return { attributes: { ...attributes, ...attributeOverrides }, url };
}
