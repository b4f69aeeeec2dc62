import { assertEquals } from "@std/assert";
import {
  type Context,
  decideFeature,
  evalFeature,
  evolveStickyBuckets,
  type ExperimentResult,
  type FeatureResult,
  type StickyAssignmentDocument,
  type StickyAssignmentDocuments,
} from "../../mod.ts";
import { testConformance } from "../support/evaluation/conformance.ts";

type Row = readonly [
  name: string,
  context: Context,
  key: string,
  expected: FeatureResult,
];

for (const group of ["feature", "contextualBandit"]) {
  testConformance<Row>(
    "evalFeature()",
    group,
    ([name]) => name,
    ([, context, key, expected]) => {
      assertEquals(evalFeature(context, key), expected);
    },
  );
}

type StickyRow = readonly [
  name: string,
  context: Context,
  stored: readonly StickyAssignmentDocument[],
  key: string,
  expected: ExperimentResult | null,
  documents: StickyAssignmentDocuments,
];

testConformance<StickyRow>(
  "decideFeature()",
  "stickyBucket",
  ([name]) => name,
  ([, context, stored, key, expected, documents]) => {
    const loaded = {
      ...loadDocuments(context, stored),
      ...context.stickyBucketAssignmentDocs,
    };
    const { result, events } = decideFeature(
      { ...context, stickyBucketAssignmentDocs: loaded },
      key,
    );
    assertEquals(result.experimentResult ?? null, expected);
    assertEquals(
      events.reduce<StickyAssignmentDocuments>(
        (documents, event) =>
          event.type === "sticky-bucket.assigned"
            ? evolveStickyBuckets(documents, event)
            : documents,
        loaded,
      ),
      documents,
    );
  },
);

/** The stored documents that belong to one of the user's attributes. */
function loadDocuments(
  { attributes = {} }: Context,
  stored: readonly StickyAssignmentDocument[],
): StickyAssignmentDocuments {
  return Object.fromEntries(
    stored
      .filter(({ attributeName, attributeValue }) =>
        String(Reflect.get(attributes, attributeName)) === attributeValue
      )
      .map((document) => [
        `${document.attributeName}||${document.attributeValue}`,
        document,
      ]),
  );
}
