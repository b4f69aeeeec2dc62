import type { Context } from "../../../core/types/context.ts";
import type { Payload } from "../../../core/types/payload.ts";
import { definitionsOf } from "../payload/definitions_of.ts";
import type { User } from "./user.ts";

/**
 * Lays a user over a client's context. The client's sticky buckets are those of its own user, so
 * `documents` takes their place; undefined turns sticky bucketing off. A payload that the server
 * made for the user takes the place of the client's.
 */
export function layUser(
  base: Context<object>,
  user: User,
  documents: Context["stickyBucketAssignmentDocs"],
  payload: Payload | null,
): Context<object> {
  const { stickyBucketAssignmentDocs: _, ...context } = base as Changing;
  // A copy, so that a user that is changed later is no other user here.
  context.attributes = { ...base.attributes, ...user.attributes };
  if (user.url !== undefined) context.url = user.url;
  if (user.forcedVariations !== undefined) {
    context.forcedVariations = user.forcedVariations;
  }
  if (user.forcedFeatureValues !== undefined) {
    context.forcedFeatureValues = user.forcedFeatureValues;
  }
  if (user.attributeOverrides !== undefined) {
    context.attributeOverrides = user.attributeOverrides;
  }
  if (payload !== null) Object.assign(context, definitionsOf(payload));
  return documents === undefined
    ? context
    : { ...context, stickyBucketAssignmentDocs: documents };
}

type Changing = {
  -readonly [Name in keyof Context<object>]: Context<object>[Name];
};
