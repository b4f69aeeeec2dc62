import fc from "fast-check";
import type { Context } from "../../core/types/context.ts";
import { arbitraryPlainAttributes } from "./attributes.ts";
import { arbitraryOverrides } from "./experiment.ts";
import { arbitraryFeatureValue } from "./features.ts";
import {
  arbitraryExperimentKey,
  arbitraryFeatureKey,
  legacyGroupNames,
} from "./names.ts";
import { arbitraryPayload } from "./payload.ts";
import { often, rarely, sometimes, sparse } from "./sparse.ts";
import { arbitraryStickyDocuments } from "./records/sticky_documents.ts";

/** The URL of a page, in some cases naming variations of experiments. */
export const arbitraryUrl: fc.Arbitrary<string> = fc.tuple(
  fc.constantFrom(
    "",
    "/",
    "/cart",
    "https://shop.example.com/cart",
    "http://example.com",
    "not a url",
  ),
  fc.array(
    fc.tuple(
      arbitraryExperimentKey,
      fc.constantFrom("=0", "=1", "=2", "=9", "=", ""),
    ).map((parts) => parts.join("")),
    { maxLength: 2 },
  ),
  fc.constantFrom("", "#top", "#?hero=1"),
).map(([page, parameters, fragment]) =>
  page + (parameters.length > 0 ? `?${parameters.join("&")}` : "") + fragment
);

/** The fields of a context that concern the user and the page. */
type UserFields = Pick<
  Context,
  | "attributeOverrides"
  | "url"
  | "enabled"
  | "qaMode"
  | "forcedVariations"
  | "forcedFeatureValues"
  | "groups"
  | "overrides"
>;

const arbitraryUserFields: fc.Arbitrary<UserFields> = sparse<UserFields>({
  attributeOverrides: rarely(arbitraryPlainAttributes),
  url: often(arbitraryUrl),
  enabled: rarely(fc.boolean()),
  qaMode: rarely(fc.boolean()),
  forcedVariations: sometimes(
    fc.dictionary(arbitraryExperimentKey, fc.integer({ min: -1, max: 4 }), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
  ),
  forcedFeatureValues: rarely(
    fc.dictionary(arbitraryFeatureKey, arbitraryFeatureValue, {
      maxKeys: 2,
      noNullPrototype: true,
    }),
  ),
  groups: rarely(
    fc.dictionary(fc.constantFrom(...legacyGroupNames), fc.boolean(), {
      noNullPrototype: true,
    }),
  ),
  overrides: sometimes(arbitraryOverrides),
});

/**
 * A context with a well-formed payload: a user whom many of its rules concern. In half of the
 * cases sticky bucketing is on, with documents of the user's as a rule.
 */
export const arbitraryContext: fc.Arbitrary<Context> = fc.tuple(
  arbitraryPayload,
  arbitraryPlainAttributes,
  arbitraryUserFields,
  fc.option(arbitraryStickyDocuments, { freq: 2 }),
).map(([payload, attributes, user, documents]) => ({
  ...payload,
  attributes,
  ...user,
  ...documents === null ? {} : {
    stickyBucketAssignmentDocs: documents({
      ...attributes,
      ...user.attributeOverrides,
    }),
  },
}));
