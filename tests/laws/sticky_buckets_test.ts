import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type Context,
  decideFeature,
  type DecisionEvent,
  evolveStickyBuckets,
  type FeatureRule,
  type StickyAssignmentDocuments,
} from "../../mod.ts";
import { arbitraryPlainAttributes } from "../arbitraries/attributes.ts";
import {
  arbitraryCoverage,
  arbitraryNamespace,
  arbitraryRanges,
  arbitraryWeights,
} from "../arbitraries/bucketing.ts";
import { arbitraryHashAttribute } from "../arbitraries/names.ts";
import { often, rarely, sometimes, sparse } from "../arbitraries/sparse.ts";
import { arbitraryTargeting } from "../arbitraries/targeting.ts";
import { arbitraryText } from "../arbitraries/text.ts";
import { testLaw } from "../support/test_law.ts";

/**
 * What may change about a rule while users keep their variations: all that decides who gets which,
 * and whom the experiment is for. Filters and prerequisites are not in it: a rule asks for those
 * before it comes to its experiment.
 */
const arbitraryChange: fc.Arbitrary<FeatureRule> = sparse<FeatureRule>({
  weights: often(arbitraryWeights),
  coverage: often(arbitraryCoverage),
  ranges: sometimes(arbitraryRanges),
  seed: sometimes(arbitraryText),
  hashVersion: sometimes(fc.constantFrom(1, 2)),
  namespace: rarely(arbitraryNamespace),
  condition: rarely(arbitraryTargeting),
});

/** What stays: whom the experiment knows by which attribute, and the versions of assignments. */
const arbitraryIdentity: fc.Arbitrary<FeatureRule> = fc.tuple(
  sparse<FeatureRule>({
    key: often(fc.string()),
    hashAttribute: sometimes(arbitraryHashAttribute),
    fallbackAttribute: sometimes(arbitraryHashAttribute),
  }),
  fc.tuple(fc.nat(3), fc.nat(3)),
).map(([fields, [one, other]]) => ({
  ...fields,
  bucketVersion: Math.max(one, other),
  minBucketVersion: Math.min(one, other),
}));

const arbitraryVariationKeys = fc.uniqueArray(
  fc.string({ minLength: 1, maxLength: 3 }),
  { minLength: 2, maxLength: 4 },
);

// Each variation needs a key of its own, which is what an assignment names; and a rule must not
// rule out the version of its own assignments.
testLaw(
  "decideFeature() gives a user the same variation after any change of who gets which",
  2000,
  [
    arbitraryVariationKeys.chain((keys) =>
      fc.tuple(
        fc.constant(keys),
        fc.shuffledSubarray(keys, { minLength: keys.length }),
      )
    ),
    arbitraryIdentity,
    fc.array(arbitraryChange, { minLength: 2, maxLength: 4 }),
    arbitraryPlainAttributes,
  ],
  ([keys, shuffled], identity, changes, attributes) => {
    let documents: StickyAssignmentDocuments = {};
    let given: string | null = null;
    changes.forEach((change, index) => {
      const rule = withVariations(index === 0 ? keys : shuffled);
      const { result, events } = decideFeature({
        features: { feature: { rules: [{ ...identity, ...change, ...rule }] } },
        attributes,
        stickyBucketAssignmentDocs: documents,
      }, "feature");
      documents = keep(documents, events);
      const key = result.experimentResult?.key ?? null;
      if (given !== null) assertEquals(key, given);
      given = key ?? given;
    });
  },
);

testLaw(
  "decideFeature() never assigns again what is kept already",
  2000,
  [
    arbitraryVariationKeys,
    arbitraryIdentity,
    arbitraryChange,
    arbitraryPlainAttributes,
  ],
  (keys, identity, change, attributes) => {
    const rule = { ...identity, ...change, ...withVariations(keys) };
    const context: Context = {
      features: { feature: { rules: [rule] } },
      attributes,
    };
    const first = decideFeature(
      { ...context, stickyBucketAssignmentDocs: {} },
      "feature",
    );
    const second = decideFeature({
      ...context,
      stickyBucketAssignmentDocs: keep({}, first.events),
    }, "feature");
    assert(second.events.every(({ type }) => type === "experiment.viewed"));
    // A bucket past the last variation assigns the first one, which is given from then on.
    if (first.result.source !== "experiment") return;
    assertEquals(second.result.value, first.result.value);
  },
);

function withVariations(keys: readonly string[]): FeatureRule {
  return { variations: keys, meta: keys.map((key) => ({ key })) };
}

function keep(
  documents: StickyAssignmentDocuments,
  events: readonly DecisionEvent[],
): StickyAssignmentDocuments {
  return events
    .filter((event) => event.type === "sticky-bucket.assigned")
    .reduce(evolveStickyBuckets, documents);
}
