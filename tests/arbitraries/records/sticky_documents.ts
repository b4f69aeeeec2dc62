import fc from "fast-check";
import { stickyAttributeValue } from "../../../core/sticky/sticky_document_key.ts";
import type { Attributes } from "../../../core/types/attributes.ts";
import type {
  StickyAssignmentDocuments,
  StickyAssignments,
} from "../../../core/types/sticky_bucket.ts";
import {
  arbitraryExperimentKey,
  hashAttributeNames,
  variationKeys,
} from "../names.ts";

const arbitraryAssignments: fc.Arbitrary<StickyAssignments> = fc.dictionary(
  fc.tuple(arbitraryExperimentKey, fc.constantFrom(0, 0, 0, 1, 2)).map((
    [key, version],
  ) => `${key}__${version}`),
  fc.constantFrom(...variationKeys, "gone"),
  { minKeys: 2, maxKeys: 12, size: "max", noNullPrototype: true },
);

/** What sticky documents to make for a user who isn't known yet. */
interface DocumentPlan {
  readonly attributeName: string;
  /** Whether the document is the user's; somebody else's otherwise. */
  readonly own: boolean;
  readonly assignments: StickyAssignments;
}

const arbitraryPlan: fc.Arbitrary<DocumentPlan> = fc.record({
  attributeName: fc.constantFrom("id", "id", "id", ...hashAttributeNames),
  own: fc.constantFrom(true, true, true, false),
  assignments: arbitraryAssignments,
}, { noNullPrototype: true });

/** Makes sticky documents, mostly their own, for the user with the given attributes. */
export const arbitraryStickyDocuments: fc.Arbitrary<
  (attributes: Attributes) => StickyAssignmentDocuments
> = fc.array(arbitraryPlan, { maxLength: 4 }).map((plans) => (attributes) =>
  Object.fromEntries(plans.map((plan) => {
    const { attributeName, own, assignments } = plan;
    const value = own && Object.hasOwn(attributes, attributeName)
      ? attributes[attributeName]
      : "somebody else";
    const attributeValue = stickyAttributeValue(value);
    return [`${attributeName}||${attributeValue}`, {
      attributeName,
      attributeValue,
      assignments,
    }];
  }))
);
