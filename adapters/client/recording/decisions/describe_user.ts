import type {
  EventUser,
  RecordLevel,
} from "../../../../core/events/types/event_user.ts";
import { readUser } from "../../../../core/events/types/read_user.ts";
import type { ExperimentResult } from "../../../../core/types/result.ts";
import type { Attributes } from "../../../../core/types/attributes.ts";
import type { Scope } from "../../reads/scope.ts";

/**
 * Gives what an exposure keeps of its user, at every level but `identity`, which is easily told later.
 * `key` is the feature that was asked for; null for an inline experiment.
 */
export function describeUser(
  level: Exclude<RecordLevel, "identity">,
  scope: Scope,
  key: string | null,
  { hashAttribute, hashValue }: ExperimentResult,
): EventUser {
  const read = key === null ? null : scope.dependencies(key);
  return readUser(level, {
    attributes: attributesOf(scope),
    url: scope.context().url,
    hashAttribute,
    hashValue,
    readAttributes: read?.attributes,
    readsUrl: read?.url ?? true,
  });
}

/**
 * Gives what an event keeps of its user that no decision led to: at every level but `all`, the
 * attributes by which experiments know users, so that it can be held against their exposures.
 */
export function describeAnyUser(level: RecordLevel, scope: Scope): EventUser {
  const user = { attributes: attributesOf(scope), url: scope.context().url };
  if (level === "all") return readUser(level, user);
  const readAttributes = ["id", ...scope.identifiers()];
  return { ...readUser("decision", { ...user, readAttributes }), level };
}

function attributesOf(scope: Scope): Attributes {
  const { attributes, attributeOverrides } = scope.context();
  return { ...attributes, ...attributeOverrides };
}
