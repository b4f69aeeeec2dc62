import fc from "fast-check";

/** Names that objects inherit from JavaScript, and that must be names like any other here. */
const inheritedNames: readonly string[] = [
  "constructor",
  "toString",
  "__proto__",
  "hasOwnProperty",
  "valueOf",
];

/** Names that are easily lost on the way. */
export const oddNames: readonly string[] = [
  "length",
  "",
  " ",
  "a.b",
  "$eq",
  "0",
  "null",
  "undefined",
  "\ud800",
];

/** Names that collide with what JavaScript objects inherit, or are easily lost on the way. */
export const hostileNames: readonly string[] = [
  ...inheritedNames,
  ...oddNames,
  "$or",
];

/** The names of attributes that conditions and users draw from, so that they meet. */
export const attributeNames: readonly string[] = [
  "id",
  "country",
  "plan",
  "age",
  "tags",
  "version",
  "nested",
  "nested.deep",
  "nested.deep.deeper",
  "tags.0",
  "companyId",
];

/** The names of attributes that decide buckets; `nowhere` is one that no user has. */
export const hashAttributeNames: readonly string[] = [
  "id",
  "companyId",
  "anonymousId",
  "nested",
  "nested.deep",
  "nowhere",
];

/** The keys of features. */
export const featureKeys: readonly string[] = [
  "banner",
  "cart",
  "price",
  "search",
  "layout",
  "holdout",
];

/** A key that no feature has. */
export const unknownFeatureKey = "unknown";

/** The keys of experiments, some of which are keys of features too. */
export const experimentKeys: readonly string[] = [
  "hero",
  "shipping",
  "banner",
  "cart",
];

/** The keys of variations, which sticky buckets refer to. */
export const variationKeys: readonly string[] = ["0", "1", "control"];

/** The references of contextual bandits; the last is one that no payload has. */
export const banditReferences: readonly string[] = ["sizes", "colors", "gone"];

/** The groups that old experiments refer to. */
export const legacyGroupNames: readonly string[] = ["internal", "beta"];

/** An attribute name or path: mostly one of a few, so that conditions and users meet. */
export const arbitraryAttributeName: fc.Arbitrary<string> = attributeName(
  hostileNames,
);

/** The same without the names that objects inherit. */
export const arbitraryPlainAttributeName: fc.Arbitrary<string> = attributeName(
  oddNames,
);

/** The key of a feature, now and then of one that does not exist. */
export const arbitraryFeatureKey: fc.Arbitrary<string> = fc.oneof(
  { weight: 11, arbitrary: fc.constantFrom(...featureKeys) },
  { weight: 1, arbitrary: fc.constant(unknownFeatureKey) },
);

/** The key of an experiment or, as rules without one use it, of a feature. */
export const arbitraryExperimentKey: fc.Arbitrary<string> = fc.constantFrom(
  ...experimentKeys,
  ...featureKeys,
);

/** The name of an attribute that decides a bucket: mostly the usual one. */
export const arbitraryHashAttribute: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constant("id") },
  { weight: 4, arbitrary: fc.constantFrom(...hashAttributeNames) },
);

function attributeName(rare: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...attributeNames) },
    { weight: 1, arbitrary: fc.constantFrom(...rare) },
    { weight: 1, arbitrary: fc.string({ maxLength: 4 }) },
  );
}
