import type {
  EventUser,
  RecordLevel,
} from "../../../../core/events/types/event_user.ts";
import { readUser } from "../../../../core/events/types/read_user.ts";
import type { FeatureDependencies } from "../../../../core/feature/feature_dependencies.ts";
import type { Attributes } from "../../../../core/types/attributes.ts";
import type { Context } from "../../../../core/types/context.ts";
import type { ExperimentResult } from "../../../../core/types/result.ts";
import type { Exposure } from "../entry.ts";

/** What of a user a decision reads. */
export type DecisionReads = Pick<FeatureDependencies, "attributes" | "url">;

/** Makes what gives what the event of an exposure keeps of its user. */
export function createExposedUsers(
  level: RecordLevel,
  readsOf: (exposure: Exposure) => DecisionReads | null,
): (exposure: Exposure) => EventUser {
  // Exposures of one request have one user, most of the time.
  let last: ExperimentResult | null = null;
  let user: EventUser | null = null;
  return (exposure) => {
    const { context, viewed: { result } } = exposure;
    const { hashAttribute, hashValue } = result;
    if (
      user !== null && level === "identity" &&
      hashValue === last?.hashValue && hashAttribute === last?.hashAttribute
    ) return user;
    const reads = readsOf(exposure);
    last = result;
    return user = readUser(level, {
      attributes: level === "identity" ? {} : attributesOf(context),
      url: context.url,
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
  const user = { attributes: attributesOf(context), url: context.url };
  if (level === "all") return readUser(level, user);
  const readAttributes = ["id", ...identifiers];
  return { ...readUser("decision", { ...user, readAttributes }), level };
}

function attributesOf(
  { attributes, attributeOverrides }: Context<object>,
): Attributes {
  return { ...attributes, ...attributeOverrides };
}
