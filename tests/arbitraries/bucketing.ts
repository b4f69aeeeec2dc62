import fc from "fast-check";
import type {
  BucketRange,
  Experiment,
  Filter,
  Namespace,
  VariationMeta,
} from "../../core/types/experiment.ts";
import { arbitraryHashAttribute, variationKeys } from "./names.ts";
import { type Field, often, rarely, sometimes, sparse } from "./sparse.ts";

/** The fields, shared by rules and experiments, that decide who gets which variation. */
export type BucketingFields = Pick<
  Experiment,
  | "weights"
  | "coverage"
  | "ranges"
  | "hashAttribute"
  | "fallbackAttribute"
  | "hashVersion"
  | "seed"
  | "disableStickyBucketing"
  | "bucketVersion"
  | "minBucketVersion"
  | "namespace"
  | "filters"
  | "meta"
  | "name"
  | "phase"
>;

/** A share of users: mostly a plain one, now and then out of bounds. */
export const arbitraryCoverage: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(1, 0.9, 0.5, 0.25) },
  { weight: 1, arbitrary: fc.constantFrom(0, 0.001, 0.513, 2, -1, 1e-9) },
);

/** Half-open ranges of buckets, now and then empty, reversed or out of bounds. */
export const arbitraryRange: fc.Arbitrary<BucketRange> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom<BucketRange>(
      [0, 1],
      [0, 0.5],
      [0.5, 1],
      [0.2, 0.8],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<BucketRange>([0.5, 0.5], [0.7, 0.3], [-1, 2]),
  },
);

/** Ranges for variations, also more or fewer than there are. */
export const arbitraryRanges: fc.Arbitrary<readonly BucketRange[]> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom<readonly BucketRange[]>(
      [[0, 0.5], [0.5, 1]],
      [[0, 0.3], [0.3, 0.6], [0.6, 0.9]],
      [[0, 0.1], [0.1, 0.2], [0.2, 0.3], [0.3, 0.4], [0.4, 1]],
    ),
  },
  { weight: 1, arbitrary: fc.array(arbitraryRange, { maxLength: 5 }) },
);

/** Weights, one in three of them unusable for two variations. */
export const arbitraryWeights: fc.Arbitrary<readonly number[]> = fc
  .constantFrom<readonly number[]>(
    [0.5, 0.5],
    [0.1, 0.9],
    [1, 0],
    [0, 1],
    [0.2, 0.3, 0.5],
    [0.25, 0.25, 0.25, 0.25],
    [0.495, 0.495],
    [0.6, 0.6],
    [0.1, 0.1],
    [-0.5, 1.5],
    [],
  );

/** A filter that more users pass than not. */
export const arbitraryFilter: fc.Arbitrary<Filter> = fc.tuple(
  fc.record({
    seed: fc.constantFrom("holdout", "layer", ""),
    ranges: fc.oneof(
      { weight: 4, arbitrary: fc.constant<BucketRange[]>([[0, 0.9]]) },
      { weight: 1, arbitrary: fc.array(arbitraryRange, { maxLength: 3 }) },
    ),
  }, { noNullPrototype: true }),
  sparse<Pick<Filter, "attribute" | "hashVersion">>({
    attribute: sometimes(arbitraryHashAttribute),
    hashVersion: often(fc.constantFrom(2, 1, 0, 3)),
  }),
).map(([required, optional]) => ({ ...required, ...optional }));

/** A part of a namespace. */
export const arbitraryNamespace: fc.Arbitrary<Namespace> = fc.tuple(
  fc.constantFrom("pricing", "", "search"),
  fc.constantFrom(0, 0.2, 0.5, 1),
  fc.constantFrom(1, 0.8, 0.5, 0),
);

/** What is known of variations; as long as the longest list of variations, or longer. */
const arbitraryMeta: fc.Arbitrary<readonly VariationMeta[]> = fc.array(
  sparse<VariationMeta>({
    key: often(fc.constantFrom("", ...variationKeys)),
    name: sometimes(fc.constantFrom("Control", "Blue", "")),
    passthrough: rarely(fc.boolean()),
  }),
  { minLength: 4, maxLength: 6 },
);

/** How each of the fields is drawn. */
export const bucketingFields: {
  readonly [Name in keyof BucketingFields]-?: Field<
    NonNullable<BucketingFields[Name]>
  >;
} = {
  weights: sometimes(arbitraryWeights),
  coverage: rarely(arbitraryCoverage),
  ranges: rarely(arbitraryRanges),
  hashAttribute: sometimes(arbitraryHashAttribute),
  fallbackAttribute: sometimes(arbitraryHashAttribute),
  hashVersion: sometimes(fc.constantFrom(2, 2, 1, 1, 0, 3)),
  seed: rarely(fc.constantFrom("seed", "hero", "")),
  disableStickyBucketing: rarely(fc.boolean()),
  bucketVersion: sometimes(fc.constantFrom(0, 1, 2)),
  minBucketVersion: sometimes(fc.constantFrom(0, 1, 2, 3)),
  namespace: rarely(arbitraryNamespace),
  filters: rarely(fc.array(arbitraryFilter, { maxLength: 2 })),
  meta: often(arbitraryMeta),
  name: rarely(fc.constantFrom("A name", "")),
  phase: rarely(fc.constantFrom("1", "")),
};

/** Between none and four values; fewer than two never run. */
export function arbitraryVariations<Value>(
  value: fc.Arbitrary<Value>,
): fc.Arbitrary<readonly Value[]> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.array(value, { minLength: 2, maxLength: 4 }) },
    { weight: 1, arbitrary: fc.array(value, { maxLength: 1 }) },
  );
}
