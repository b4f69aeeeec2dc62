import fc from "fast-check";
import type {
  CustomData,
  ExperimentViewedData,
  FeatureEvaluatedData,
  RecordedEvent,
  StickyBucketAssignedData,
} from "../../../core/events/mod.ts";
import { featureSources } from "../../../mod.ts";
import { hostileNames } from "../names.ts";
import { sometimes, sparse } from "../sparse.ts";

const arbitraryKey = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("hero", "cart") },
  { weight: 1, arbitrary: fc.constantFrom(...hostileNames) },
);

const arbitraryHashValue = fc.oneof(
  fc.nat(5),
  fc.constantFrom("1", "2", "__proto__", "a", true),
);

/** The data of an exposure, of few users and experiments, so that they meet again. */
export const arbitraryExposure: fc.Arbitrary<ExperimentViewedData> = fc.tuple(
  fc.record({
    experimentKey: arbitraryKey,
    variationId: fc.nat(2),
    hashAttribute: fc.constantFrom("id", "company", "constructor"),
    hashValue: arbitraryHashValue,
    featureId: fc.constantFrom("hero", null),
    ruleId: fc.constant(""),
    askedFeatureId: fc.constantFrom("hero", null),
    inExperiment: fc.constantFrom(true, true, true, false),
    stickyBucketUsed: fc.constantFrom(false, false, true),
    weights: fc.constantFrom([0.5, 0.5], [0.2, 0.8], [0.2, 0.3, 0.5], [1, 0]),
    coverage: fc.constantFrom(1, 0.5),
  }, { noNullPrototype: true }),
  sparse<Pick<ExperimentViewedData, "phase">>({
    phase: sometimes(fc.constantFrom("", "0", "1", "__proto__")),
  }),
).map(([data, optional]) => ({
  ...data,
  ...optional,
  variationKey: String(data.variationId),
}));

const arbitraryAssignment: fc.Arbitrary<StickyBucketAssignedData> = fc.record({
  attributeName: fc.constantFrom("id", "__proto__"),
  attributeValue: fc.constantFrom("1", "2"),
  assignments: fc.dictionary(
    fc.constantFrom("hero__0", "cart__1", "__proto__"),
    fc.constantFrom("0", "1"),
    { noNullPrototype: true },
  ),
}, { noNullPrototype: true });

const arbitraryUse: fc.Arbitrary<FeatureEvaluatedData> = fc.record({
  featureKey: arbitraryKey,
  value: fc.constantFrom(1, "1", null, false),
  source: fc.constantFrom(...featureSources),
  ruleId: fc.constantFrom("", "r"),
  count: fc.nat(9),
}, { noNullPrototype: true });

const arbitraryCustom: fc.Arbitrary<CustomData> = fc.record({
  name: fc.string(),
  properties: fc.constant({}),
}, { noNullPrototype: true });

const arbitraryKnown: fc.Arbitrary<readonly [type: string, data: object]> = fc
  .oneof(
    { weight: 6, arbitrary: typed("experiment.viewed", arbitraryExposure) },
    {
      weight: 2,
      arbitrary: typed("sticky-bucket.assigned", arbitraryAssignment),
    },
    { weight: 2, arbitrary: typed("feature.evaluated", arbitraryUse) },
    { weight: 1, arbitrary: typed("custom", arbitraryCustom) },
    {
      weight: 1,
      arbitrary: typed(
        "attributes.changed",
        fc.record({ attributes: fc.constant({ id: "1" }) }),
      ),
    },
    {
      weight: 1,
      arbitrary: typed("url.changed", fc.record({ url: fc.string() })),
    },
  );

const hours = 3_600_000;

/** Well-formed events in the order of their positions, some hours from each other. */
export const arbitraryEvents: fc.Arbitrary<readonly RecordedEvent[]> = fc.array(
  fc.tuple(arbitraryKnown, fc.integer({ min: -2, max: 20 })),
  { maxLength: 60, size: "max" },
).map((items) => {
  let time = 1_760_000_000_000;
  return items.map(([[type, data], step], index) => {
    time += step * hours;
    return makeEvent(index + 1, time, type, data);
  });
});

/**
 * Events of a few hundred users, so that states get large. They are cut from one seed: arrays of that
 * length are slow to shrink.
 */
export const arbitraryCrowd: fc.Arbitrary<readonly RecordedEvent[]> = fc
  .tuple(fc.nat(600), fc.integer({ min: 1, max: 997 }), fc.nat(2), arbitraryKey)
  .map(([length, stride, variationId, experimentKey]) =>
    Array.from({ length }, (_, index) => {
      const user = index * stride % 499;
      const time = 1_760_000_000_000 + index;
      switch (index % 5) {
        case 0:
          return makeEvent(index + 1, time, "feature.evaluated", {
            featureKey: experimentKey,
            value: user,
            source: "force",
            ruleId: "",
            count: 1,
          });
        case 1:
          return makeEvent(index + 1, time, "sticky-bucket.assigned", {
            attributeName: "id",
            attributeValue: `${user}`,
            assignments: { [`${experimentKey}__0`]: `${variationId}` },
          });
        default:
          return makeEvent(index + 1, time, "experiment.viewed", {
            experimentKey,
            variationId,
            variationKey: `${variationId}`,
            hashAttribute: "id",
            hashValue: user,
            featureId: null,
            ruleId: "",
            askedFeatureId: null,
            inExperiment: true,
            stickyBucketUsed: index % 7 === 0,
            weights: [0.2, 0.3, 0.5],
            coverage: 1,
          });
      }
    })
  );

const arbitraryOdd: fc.Arbitrary<
  readonly [type: string, version: number, data: unknown]
> = fc.oneof(
  fc.tuple(
    fc.constantFrom("experiment.left", "__proto__", "constructor", ""),
    fc.constant(1),
    arbitraryExposure,
  ),
  fc.tuple(
    fc.constantFrom("experiment.viewed", "feature.evaluated", "payload.loaded"),
    fc.constantFrom(2, 0, 1.5),
    arbitraryExposure,
  ),
  fc.tuple(
    fc.constantFrom(
      "experiment.viewed",
      "sticky-bucket.assigned",
      "feature.evaluated",
      "payload.loaded",
      "attributes.changed",
      "overrides.changed",
      "url.changed",
      "source.failed",
    ),
    fc.constant(1),
    fc.oneof(
      fc.constantFrom<unknown>(null, [], 7, "text", {}),
      arbitraryExposure.map(({ weights: _, ...data }) => ({
        ...data,
        attributes: 7,
        url: 7,
        forcedVariations: 7,
      })),
    ),
  ),
);

/** An event of a type or version that is not known, or malformed. */
export const arbitraryOddEvent: fc.Arbitrary<RecordedEvent> = arbitraryOdd
  // Overrides may be none at all.
  .filter(([type, , data]) =>
    type !== "overrides.changed" || JSON.stringify(data) !== "{}"
  ).map(
    ([type, version, data]) => ({
      ...makeEvent(1, 1_760_000_000_000, type, {}),
      version,
      data: data as RecordedEvent["data"],
    }),
  );

/** Makes an event. */
export function makeEvent(
  position: number,
  time: number,
  type: string,
  data: object,
): RecordedEvent {
  return {
    id: `0199b2c4-6c00-7000-8000-${String(position).padStart(12, "0")}`,
    position,
    time,
    type,
    version: 1,
    data: data as RecordedEvent["data"],
  };
}

function typed(
  type: string,
  data: fc.Arbitrary<object>,
): fc.Arbitrary<readonly [type: string, data: object]> {
  return data.map((value) => [type, value] as const);
}
